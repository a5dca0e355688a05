import GatewayCore
import HTTPTypes
import Hummingbird
import PluginPayloads

/// `/prompts`: management, and rendering through the hooks.
struct PromptRoutes: Sendable {
    private let library: PromptLibrary
    private let pipeline: PromptPipeline
    private let bodies: BodyReader

    init(services: GatewayServices, bodies: BodyReader) {
        library = services.prompts
        pipeline = PromptPipeline(services.prompts)
        self.bodies = bodies
    }

    var routes: [Route] {
        [
            Route(.get, "prompts", .permission(.promptsRead)) { _ in list() },
            Route(.post, "prompts", .permission(.promptsCreate), create),
            Route(.put, "prompts/:name", .permission(.promptsUpdate), update),
            Route(.delete, "prompts/:name", .permission(.promptsDelete), delete),
            Route(.get, "prompts/:name", .permission(.promptsRead)) { call in
                try await render(PayloadBlock.emptyObject.root, call)
            },
            Route(.post, "prompts/:name", .permission(.promptsRead)) { call in
                try await render(try await bodies.object(of: call.request), call)
            },
            Route(.post, "prompts/:name/render", .permission(.promptsRead), renderNested),
        ]
    }

    private func list() -> Response {
        Response(.array(library.prompts.map { .object($0.object) }))
    }

    private func create(_ call: RouteCall) async throws -> Response {
        let form = try PromptForm(try await bodies.object(of: call.request))
        return Response(.object(try await library.create(form).object))
    }

    private func update(_ call: RouteCall) async throws -> Response {
        let form = try PromptForm(try await bodies.object(of: call.request))
        return Response(.object(try await library.update(try call.component("name"), form).object))
    }

    private func delete(_ call: RouteCall) async throws -> Response {
        let name = try call.component("name")
        try await library.delete(name)
        return Response(["status": "success", "message": .string("prompt \(name) deleted")])
    }

    private func renderNested(_ call: RouteCall) async throws -> Response {
        let body = try await bodies.object(of: call.request)
        guard let arguments = body["arguments"], !arguments.isNull else {
            return try await render(PayloadBlock.emptyObject.root, call)
        }
        guard arguments.isObject else {
            throw GatewayError.unprocessable("arguments: expected an object, found \(arguments.typeDescription)")
        }
        return try await render(arguments, call)
    }

    private func render(_ arguments: BlockValue, _ call: RouteCall) async throws -> Response {
        let rendered = try await pipeline.render(try call.component("name"), arguments, call.hooks)
        return Response(rendered.result, headers: rendered.headers)
    }
}
