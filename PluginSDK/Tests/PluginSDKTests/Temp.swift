import PluginPayloads
extension PayloadBlock { init(json: String) throws { self = try PayloadBlock(JSONObject()) } }
