// Package explorer holds no code, only tests of the explorer as a person meets it:
// the whole program serves the examples, and a real browser opens the page, types,
// clicks and goes back. What the API answers is tested in render/web.
//
// The tests start Chromium themselves. Where there is none they skip, but under
// CI=true they fail. The accessibility test needs axe-core from npm, in
// render/web/page/node_modules.
package explorer
