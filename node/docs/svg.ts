// The picture of a process as SVG: a flow chart where it fits a page, rows where it does not. How each is drawn is their own files'.
import type { Diagram } from '../../compiler/index.ts';
import { loadLayout, svgFlow } from './svg-layout.ts';
import { svgInRows } from './svg-rows.ts';

/** The text between the margins of A4 is 490 points wide; shrunk to that, words of 12 points in a picture of this width are still 8 points high. */
const flowWidthMax = 735;

/** Draws one diagram as one SVG element; the same diagram gives the same bytes. */
export type Draw = (diagram: Diagram) => string;

/** Makes ready to draw; it takes a moment. Source: docs/decisions/0080 */
export async function loadDraw(): Promise<Draw> {
  const graphviz = await loadLayout();
  return (diagram) => {
    const flow = svgFlow(graphviz, diagram);
    return flow.width > flowWidthMax ? svgInRows(diagram) : flow.svg;
  };
}
