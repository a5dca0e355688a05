// One import is enough for an author: the payloads, results and values are part of this module's API.
@_exported public import PluginPayloads
