// The diagram as a picture that stands alone: SVG with its colours, and PNG made from it.
import { pictureGround, pictureRules } from './style.ts';

/** The picture as SVG text, in the colours of the theme. */
export function svgText(shown: SVGSVGElement): string {
  const svg = shown.cloneNode(true) as SVGSVGElement;
  const { x, y, width, height } = shown.viewBox.baseVal;
  svg.removeAttribute('style');
  svg.setAttribute('width', String(width));
  svg.setAttribute('height', String(height));
  for (const area of svg.querySelectorAll('.hit')) area.remove();
  for (const element of svg.querySelectorAll('.selected')) element.classList.remove('selected');
  const ground = document.createElementNS(svg.namespaceURI, 'rect');
  for (const [name, value] of Object.entries({ x, y, width, height, fill: pictureGround() })) {
    ground.setAttribute(name, String(value));
  }
  const text = new XMLSerializer().serializeToString(svg);
  const style = `<style>${pictureRules()}</style>${new XMLSerializer().serializeToString(ground)}`;
  return text.replace(/^(<svg[^>]*>)/, (head) => head + style);
}

/** Twice the size, for screens that show it. */
const scale = 2;

/** The picture as PNG, in base64. */
export async function pngBase64(shown: SVGSVGElement): Promise<string> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgText(shown))}`;
  await image.decode();
  const { width, height } = shown.viewBox.baseVal;
  const canvas = document.createElement('canvas');
  canvas.width = width * scale;
  canvas.height = height * scale;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL('image/png').replace(/^data:image\/png;base64,/, '');
}
