import GatewayCore
import Hummingbird
import PluginPayloads

/// `/resources`: management, and reading through the hooks.
struct ResourceRoutes: Sendable {
    let dispatch: GatewayDispatch
    let bodies: BodyReader

    var routes: [Route] {
        RecordRoutes(library: dispatch.resources, bodies: bodies).managing + [
            Route(.get, "resources/templates/list", .permission(.resourcesRead)) { _ in
                Response(.array(dispatch.resources.records.filter(\.isTemplate).map { .object($0.object) }))
            },
            Route(.get, "resources/:name", .permission(.resourcesRead)) { call in
                let resource = try dispatch.resources.record(try call.component("name"))
                return try await read(resource.uri, call)
            },
            Route(.post, "resources/read", .permission(.resourcesRead)) { call in
                try await read(try await bodies.object(of: call.request).text("uri"), call)
            },
        ]
    }

    private func read(_ uri: String, _ call: RouteCall) async throws -> Response {
        let answer = try await dispatch.readResource(uri, call.hooks)
        return Response(try Self.complete(answer.result), headers: answer.headers)
    }

    /// The content with null for what it lacks.
    private static func complete(_ content: BlockValue) throws(GatewayError) -> BlockValue {
        let names = ["type", "id", "uri", "mime_type", "text", "blob"]
        return try PayloadBlock.payload { writer in
            writer.beginObject()
            for name in names {
                writer.key(name)
                if let value = content[name] { writer.add(value) } else { writer.addNull() }
            }
            for index in 0..<content.count where !names.contains(content.key(at: index)) {
                if let value = content[index] { writer.add(content.key(at: index), value) }
            }
            writer.end()
        }.root
    }
}
