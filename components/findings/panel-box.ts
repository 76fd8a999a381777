/** Where the panel stands: beside the list, over it where there is no room, over all of a small screen. */
export const PANEL_BOX =
  "flex w-panel flex-none flex-col border-l border-line bg-surface shadow-panel max-[1280px]:w-[420px] max-lg:absolute max-lg:inset-y-0 max-lg:right-0 max-lg:z-6 max-md:fixed max-md:inset-0 max-md:z-60 max-md:w-auto max-md:border-0";
