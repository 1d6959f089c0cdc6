// The HTML report's filter and search; nothing is sent anywhere.
"use strict";
const byId = (name) => document.getElementById(name);
const questions = [...document.querySelectorAll(".question")].map((node) => {
  const searched = node.cloneNode(true);
  searched.querySelector(".found").remove(); // what was found holds most words of a small handbook
  return { node, words: searched.textContent.toLowerCase() };
});
function filter() {
  const wanted = byId("words").value.toLowerCase().split(/\s+/).filter(Boolean);
  const state = byId("state").value, verdict = byId("verdict").value, tag = byId("tag").value;
  let shown = 0;
  for (const { node, words } of questions) {
    const fits = wanted.every((word) => words.includes(word))
      && (!state || node.dataset.state.split("|").includes(state))
      && (!verdict || node.dataset.verdict === verdict)
      && (!tag || node.dataset.tags.split("|").includes(tag));
    node.hidden = !fits;
    shown += fits;
  }
  byId("count").textContent = shown + " of " + questions.length + " questions";
}
function openTarget() {
  const node = byId(decodeURIComponent(location.hash.slice(1)));
  if (node && node.classList.contains("question")) { node.hidden = false; node.open = true; }
}
byId("filter").addEventListener("input", filter);
byId("filter").addEventListener("submit", (event) => event.preventDefault());
addEventListener("hashchange", openTarget);
filter();
openTarget();
