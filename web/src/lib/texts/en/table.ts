/** Tables. */
export const table = {
  all: "All",
  chooseAll: "Choose all rows",
  choose: (name: string) => `Choose ${name}`,
  sortBy: "Sort by …",
  smallestFirst: "The smallest is first. Turn the order",
  largestFirst: "The largest is first. Turn the order",
  more: "Show more",
};
