// @ts-check

/** Tiles may be cropped, but not beyond these shapes (width / height). */
const WIDEST = 16 / 9;
const NARROWEST = { landscape: 4 / 3, portrait: 3 / 4 };

/**
 * The size at which that many tiles fill an area best, without scrolling.
 * @param {number} count
 * @param {number} width
 * @param {number} height
 * @param {number} gap
 * @returns {{ width: number, height: number }}
 */
export function tileSize(count, width, height, gap) {
  const narrowest = width >= height ? NARROWEST.landscape : NARROWEST.portrait;
  let best = { width: 0, height: 0 };
  for (let columns = 1; columns <= count; columns += 1) {
    const rows = Math.ceil(count / columns);
    const cellWidth = (width - gap * (columns - 1)) / columns;
    const cellHeight = (height - gap * (rows - 1)) / rows;
    const tile = {
      width: Math.floor(Math.min(cellWidth, cellHeight * WIDEST)),
      height: Math.floor(Math.min(cellHeight, cellWidth / narrowest)),
    };
    if (tile.width * tile.height > best.width * best.height) best = tile;
  }
  return best;
}

/**
 * Keeps the children of an element at the size at which they fill it best.
 * @param {HTMLElement} area
 */
export function fillWithTiles(area) {
  const layOut = () => {
    const style = getComputedStyle(area);
    const width = area.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    const height = area.clientHeight - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom);
    const size = tileSize(area.childElementCount, width, height, parseFloat(style.columnGap) || 0);
    area.style.setProperty('--tile-width', `${size.width}px`);
    area.style.setProperty('--tile-height', `${size.height}px`);
  };
  new ResizeObserver(layOut).observe(area);
  new MutationObserver(layOut).observe(area, { childList: true });
}
