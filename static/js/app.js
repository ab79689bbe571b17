// Small comforts. Every page works without them.

// A new page begins where something was said: at the faults, else at the receipt.
const said = document.querySelector(".es[tabindex], .ok-b[tabindex]");
if (said) {
  said.focus();
}

// Filters start folded on a phone, where the summary says which are in use; but not over a fault.
if (matchMedia("(max-width: 640px)").matches) {
  for (const details of document.querySelectorAll("details.fd")) {
    details.open = Boolean(details.querySelector("[aria-invalid]"));
  }
}

// Menus that lie over the page close on Escape and on a click elsewhere.
const menus = document.querySelectorAll("details.menu, details.agreement");

function closeMenus(except) {
  for (const menu of menus) {
    if (menu.open && !menu.contains(except)) {
      menu.open = false;
    }
  }
}

document.addEventListener("click", (event) => closeMenus(event.target));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") {
    return;
  }
  const open = [...menus].find((menu) => menu.open);
  if (open) {
    open.open = false;
    open.querySelector("summary").focus();
  }
});
