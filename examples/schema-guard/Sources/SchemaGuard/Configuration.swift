import PluginSDK

extension SchemaGuard {
    /// Which schemas there are, and what becomes of a call that does not fit.
    public struct Configuration: Decodable, Sendable {
        /// The schema of each tool's arguments.
        let tools: JSONObject
        /// The schema of each tool's result.
        let results: JSONObject
        /// Whether arguments also have to fit the schema that the tool was registered with.
        let usesToolSchema: Bool
        /// Whether a call that does not fit is blocked, and not only reported.
        let blocks: Bool
        /// How many errors a violation names.
        let maxErrors: Int

        private enum CodingKeys: String, CodingKey {
            case tools, results, block
            case usesToolSchema = "use_tool_schema"
            case maxErrors = "max_errors"
        }

        /// Reads the configuration; every key may be absent.
        public init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            tools = try values.decodeIfPresent(JSONObject.self, forKey: .tools) ?? [:]
            results = try values.decodeIfPresent(JSONObject.self, forKey: .results) ?? [:]
            usesToolSchema = try values.decodeIfPresent(Bool.self, forKey: .usesToolSchema) ?? false
            blocks = try values.decodeIfPresent(Bool.self, forKey: .block) ?? true
            maxErrors = try values.decodeIfPresent(Int.self, forKey: .maxErrors) ?? 10
            guard 1...100 ~= maxErrors else {
                throw ConfigurationProblem(at: "/max_errors", "\(maxErrors) is not between 1 and 100")
            }
        }
    }
}
