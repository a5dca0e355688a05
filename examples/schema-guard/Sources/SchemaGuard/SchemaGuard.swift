import PluginPayloads
public import PluginSDK
import PluginSchema

/// Compares the arguments and results of tools with JSON Schemas.
public struct SchemaGuard: ToolPreInvokeHook, ToolPostInvokeHook {
    /// The name in the manifest.
    public static let name = "schema_guard"
    /// The version in the manifest.
    public static let version = "1.0.0"

    /// Schemas of tools that are kept compiled.
    private static let cacheCapacity = 256

    private let configuration: Configuration
    private let host: PluginHost
    private let arguments: SchemaTable
    private let results: SchemaTable
    private let toolSchemas: SchemaCache

    /// Compiles the schemas of the configuration.
    public init(configuration: Configuration, host: PluginHost) throws {
        self.configuration = configuration
        self.host = host
        let maxErrors = configuration.maxErrors
        arguments = try SchemaTable(configuration.tools, at: "tools", maxErrors: maxErrors)
        results = try SchemaTable(configuration.results, at: "results", maxErrors: maxErrors)
        toolSchemas = SchemaCache(capacity: Self.cacheCapacity, limits: JSONSchema.Limits(problems: maxErrors))
    }

    /// Compares the arguments with the schema of the configuration, and with the tool's own.
    public func toolPreInvoke(_ payload: ToolPreInvokePayload, _ context: HookContext) throws -> ToolPreInvokeResult {
        var schemas = [arguments[payload.name]]
        if configuration.usesToolSchema { schemas.append(try ownSchema(of: payload.name, context)) }
        let value = payload.value(of: "args")
        let problems = schemas.compactMap(\.self).flatMap { schema in
            // A call without arguments is one with none of them.
            if let value, !value.isNull { schema.validate(value) } else { schema.validate([:]) }
        }
        return answer(problems, "arguments", of: payload.name)
    }

    /// Compares the result with the schema of the configuration.
    public func toolPostInvoke(
        _ payload: ToolPostInvokePayload,
        _ context: HookContext
    ) -> ToolPostInvokeResult {
        guard let schema = results[payload.name] else { return .proceed }
        let problems = payload.value(of: "result").map(schema.validate) ?? schema.validate(.null)
        return answer(problems, "result", of: payload.name)
    }

    /// The schema that the gateway says the tool was registered with.
    ///
    /// One that cannot be compiled fails the call, so that what the operator wants to be checked is not passed over.
    private func ownSchema(of name: String, _ context: HookContext) throws -> JSONSchema? {
        guard let source = context.globalContext.metadata["tool"]?["input_schema"], !source.isNull else { return nil }
        do {
            return try toolSchemas.schema(source)
        } catch {
            throw UnusableSchema(tool: name, error: error)
        }
    }
}

// MARK: - Answers

extension SchemaGuard {
    /// Blocks or reports what does not fit.
    private func answer<Payload: Sendable>(
        _ problems: [SchemaProblem],
        _ subject: String,
        of tool: String
    ) -> HookResult<Payload> {
        var seen: Set<SchemaProblem> = []
        let errors = problems.filter { seen.insert($0).inserted }.prefix(configuration.maxErrors)
        guard let first = errors.first else { return .proceed }
        let violation = PluginViolation(
            reason: "The \(subject) do\(subject == "result" ? "es" : "") not fit the schema",
            description: "\(first.pointer.isEmpty ? "" : first.pointer + ": ")\(first.message)",
            code: "SCHEMA_VIOLATION",
            details: ["errors": .array(errors.map { ["path": .string($0.pointer), "message": .string($0.message)] })],
            httpStatusCode: 422
        )
        host.count(configuration.blocks ? "blocked" : "reported")
        guard !configuration.blocks else { return .deny(violation) }
        host.log.warning("the \(subject) of \(JSONValue.string(tool)): \(violation.description)")
        return HookResult(violation: violation)
    }
}

/// A tool was registered with a schema that cannot be used.
struct UnusableSchema: Error, CustomStringConvertible {
    let tool: String
    let error: SchemaError

    var description: String {
        "the input_schema of the tool \(JSONValue.string(tool)) cannot be used: \(error); "
            + "mend it there, or set use_tool_schema: false"
    }
}
