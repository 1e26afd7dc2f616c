/** Labels that several tasks share get numbers, each of them, so that no call picks one silently: `build (1)`, `build (2)`. */
export function numberLabels(labels: readonly string[]): readonly string[] {
  return labels.map((label, index) => {
    if (labels.indexOf(label) === labels.lastIndexOf(label)) return label;
    return `${label} (${labels.slice(0, index + 1).filter((other) => other === label).length})`;
  });
}
