// Small comforts. Every page works without them.

// A new page begins where something was said: at the faults, else at the receipt.
const said = document.querySelector(".error-summary[tabindex], .receipt[tabindex]");
if (said) {
  said.focus();
}

// Filters start folded on a phone, where the summary says which are in use; but not over a fault.
if (matchMedia("(max-width: 640px)").matches) {
  for (const details of document.querySelectorAll("details.filters")) {
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

// A part of a page that cannot be had is asked for as a whole page, which says why.
document.addEventListener("htmx:responseError", (event) => location.assign(event.detail.pathInfo.finalRequestPath));

// A report takes some seconds to make: its button says so meanwhile, and a second press asks for nothing.
for (const button of document.querySelectorAll("[data-meanwhile]")) {
  button.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) {
      return;
    }
    event.preventDefault();
    if (!button.hasAttribute("aria-disabled")) {
      fetchFile(button);
    }
  });
}

async function fetchFile(button) {
  const address = button.form
    ? `${button.formAction}?${new URLSearchParams(new FormData(button.form))}`
    : button.href;
  const label = button.querySelector("span");
  const words = [...label.childNodes];
  const left = new AbortController();
  addEventListener("pagehide", () => left.abort(), { once: true });
  button.setAttribute("aria-disabled", "true");
  label.replaceChildren(button.dataset.meanwhile);
  try {
    const answer = await fetch(address, { signal: left.signal });
    const name = /filename="(.+)"/.exec(answer.headers.get("Content-Disposition") ?? "");
    if (name) {
      keep(await answer.blob(), name[1]);
    } else {
      location.assign(address); // a page that says why there is no file
    }
  } catch (fault) {
    if (!left.signal.aborted) {
      location.assign(address);
    }
  } finally {
    label.replaceChildren(...words);
    button.removeAttribute("aria-disabled");
  }
}

// Puts the file among the downloads, as a link to it would.
function keep(file, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
