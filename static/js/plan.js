// Comforts of the form for a plan: the needs can be searched, and a chosen need suggests area and places.

const form = document.querySelector("[data-filled]").closest("form");
const needs = [...form.querySelectorAll("[data-need]")];
const boxes = needs.map((need) => need.querySelector("input"));

// --- Search ------------------------------------------------------------------------------------------------
const sift = form.querySelector("[data-sift]");
if (sift) {
  const input = sift.querySelector("input");
  const said = sift.querySelector("[data-sift-said]");
  sift.hidden = false;
  input.addEventListener("input", () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const need of needs) {
      const text = need.textContent.toLowerCase();
      need.hidden = !need.querySelector(":checked") && !words.every((word) => text.includes(word));
    }
    const shown = needs.filter((need) => !need.hidden).length;
    said.textContent = words.length ? `Visar ${shown} av ${needs.length} behov.` : "";
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault(); // it searches, and does not save
    }
  });
}

// --- What a need suggests, as long as nobody has chosen ------------------------------------------------------
const area = form.elements.namedItem("priority_area");
const places = [...form.querySelectorAll("[name=focus_areas]")];
const filled = form.querySelector("[data-filled]");
const isFree = { area: !area.value, places: !places.some((place) => place.checked) };

area.addEventListener("change", () => {
  isFree.area = false;
});
for (const place of places) {
  place.addEventListener("change", () => {
    isFree.places = false;
  });
}

function suggest() {
  const chosen = boxes.filter((box) => box.checked);
  const where = new Set(chosen.flatMap((box) => box.dataset.places.split(" ")));
  if (isFree.area) {
    area.value = chosen[0]?.dataset.area ?? "";
  }
  if (isFree.places) {
    for (const place of places) {
      place.checked = where.has(place.value);
    }
  }
  const has = [isFree.area && "område", isFree.places && "geografiska områden"].filter(Boolean);
  filled.textContent = chosen.length && has.length ? `Ifyllt från behovet: ${has.join(" och ")}. Ändra om det inte stämmer.` : "";
}

for (const box of boxes) {
  box.addEventListener("change", suggest);
}

// --- The accounts of the responsible party only ----------------------------------------------------------------
const lead = form.elements.namedItem("lead");
const groups = [...form.querySelectorAll("[data-of]")];

function showReporters() {
  for (const group of groups) {
    group.hidden = Boolean(lead.value) && group.dataset.of !== lead.value && !group.querySelector(":checked");
  }
}

if (lead) {
  lead.addEventListener("change", showReporters);
  showReporters();
}
