/* A shared library that is no plugin. */
int unrelated_plugin_helper(void) { return 1; }
