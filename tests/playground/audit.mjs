// Looks at a page as WCAG 2.2 does, as far as a program can: names of what can be operated, contrast
// of text (1.4.3), width on a small screen (1.4.10). Returns what is wrong, in words.
export const audit = (page) =>
  page.evaluate(() => {
    const wrong = [];
    const shown = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    const called = (element) => element.id || element.className?.baseVal || element.className || element.tagName;

    for (const element of document.querySelectorAll('button, a, input, select, textarea, video, [role=tab]')) {
      if (!shown(element)) continue;
      const label = element.id && document.querySelector(`label[for="${CSS.escape(element.id)}"]`);
      const name = element.getAttribute('aria-label') || label?.textContent || element.closest('label')?.textContent || element.textContent;
      if (!name?.trim()) wrong.push(`no name: ${called(element)}`);
    }
    for (const image of document.querySelectorAll('img')) if (!image.hasAttribute('alt')) wrong.push(`no alt: ${called(image)}`);
    const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
    for (const id of new Set(ids)) if (ids.filter((other) => other === id).length > 1) wrong.push(`id twice: ${id}`);

    // Colours are read back from a canvas, which understands every notation.
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 1;
    const brush = canvas.getContext('2d', { willReadFrequently: true });
    const rgba = (colour) => {
      brush.clearRect(0, 0, 1, 1);
      brush.fillStyle = colour;
      brush.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = brush.getImageData(0, 0, 1, 1).data;
      return [r, g, b, a / 255];
    };
    const over = ([r, g, b, a], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a), 1];
    const luminance = ([r, g, b]) => {
      const [x, y, z] = [r, g, b].map((v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
      return 0.2126 * x + 0.7152 * y + 0.0722 * z;
    };
    const contrast = (a, b) => {
      const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
      return (high + 0.05) / (low + 0.05);
    };
    const sky = ['--sky-1', '--sky-2', '--sky-3'].map((name) => rgba(getComputedStyle(document.documentElement).getPropertyValue(name)));
    // Every ground that may lie below an element; the page's own is a gradient.
    const grounds = (element) => {
      const layers = [];
      for (let at = element; at && at !== document.body; at = at.parentElement) {
        if (at.matches('.thumb, .screen')) return []; // on pictures: looked at by people
        const colour = rgba(getComputedStyle(at).backgroundColor);
        if (colour[3] > 0) layers.push(colour);
        if (colour[3] === 1) return [layers.reverse().reduce((below, layer) => over(layer, below))];
      }
      return sky.map((ground) => [ground, ...layers.reverse()].reduce((below, layer) => over(layer, below)));
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const seen = new Set();
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement;
      if (!node.data.trim() || seen.has(element) || !shown(element) || element.closest('option, noscript, :disabled')) continue;
      seen.add(element);
      const style = getComputedStyle(element);
      const large = parseFloat(style.fontSize) >= 24;
      for (const ground of grounds(element)) {
        const ratio = contrast(over(rgba(style.color), ground), ground);
        if (ratio < (large ? 3 : 4.5)) wrong.push(`contrast ${ratio.toFixed(2)}: "${node.data.trim().slice(0, 40)}" (${called(element)})`);
      }
    }

    const wide = document.documentElement.scrollWidth - innerWidth;
    if (wide > 0) wrong.push(`${wide} px too wide`);
    return [...new Set(wrong)];
  });
