// Runs in the page before anything else of it: what only the page itself can measure.
window.bench = (() => {
  const frame = () => new Promise(requestAnimationFrame);
  const until = async (isThere) => {
    while (!isThere()) await frame();
    await frame(); // by now it is painted
  };
  const ofType = (type, tell) =>
    new PerformanceObserver((list) => list.getEntries().forEach(tell)).observe({ type, buffered: true });
  const found = (selector, text) =>
    [...document.querySelectorAll(selector)].some((one) => one.textContent.includes(text));
  const bench = {};

  ofType("largest-contentful-paint", (one) => (bench.largestPaint = one.startTime));
  bench.firstRow = until(() => document.querySelector("article [data-title]")).then(() => performance.now());

  /** Bytes of all scripts, as they came over the network, once none has come for a moment: what is read ahead for later comes later. */
  bench.scripts = async () => {
    const all = () => performance.getEntriesByType("resource").filter((one) => /\.js$/.test(one.name));
    let before = -1;
    while (all().length !== before) {
      before = all().length;
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    return all().reduce((sum, one) => sum + one.encodedBodySize, 0);
  };

  /** From the next press until the step of this title takes an answer. */
  bench.awaitStep = (title) => {
    let pressed = 0;
    addEventListener("click", (event) => (pressed = event.timeStamp), { capture: true, once: true });
    bench.step = until(
      () => pressed && found("h1", title) && document.querySelector("input[type=radio]:enabled"),
    ).then(() => performance.now() - pressed);
  };

  /** When the panel has so many rows. */
  bench.awaitRows = (count) => {
    bench.rows = until(() => document.querySelectorAll("article").length === count).then(() => Date.now());
  };

  /** Scrolls the panel for so long; how long frames and tasks took meanwhile, in ms. */
  bench.scroll = async (seconds) => {
    let place = document.querySelector("article");
    while (!/auto|scroll/.test(getComputedStyle(place).overflowY)) place = place.parentElement;
    let longest = 0;
    ofType("longtask", (one) => (longest = Math.max(longest, one.startTime >= began ? one.duration : 0)));
    const began = performance.now();
    const frames = [];
    let [before, passed] = [await frame(), 0];
    while (before - began < seconds * 1000) {
      const at = place.scrollTop;
      place.scrollTop += 60;
      const now = await frame();
      passed += Math.abs(place.scrollTop - at);
      frames.push(now - before);
      before = now;
    }
    return { frames, longest, passed };
  };
  return bench;
})();
