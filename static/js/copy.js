// A button that copies what stands in a field. Without script it is not there, and the field can be marked by hand.
for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  button.hidden = false;
  field.addEventListener("focus", () => field.select());
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      return; // the text is marked, for the keyboard's own copying
    }
    document.querySelector("[data-copied]").textContent = button.dataset.done;
  });
}
