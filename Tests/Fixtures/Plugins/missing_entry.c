/* A shared library that is no plugin. */
__attribute__((visibility("default"))) int unrelated_plugin_helper(void) { return 1; }
