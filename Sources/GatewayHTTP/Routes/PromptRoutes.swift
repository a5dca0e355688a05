import Foundation
import GatewayCore
import HTTPTypes
import Hummingbird
import PluginPayloads

/// `/prompts`: management, and rendering through the hooks.
struct PromptRoutes {
    private let library: PromptLibrary
    private let pipeline: PromptPipeline
    private let hooks: any HookDispatching
    private let bodies: BodyReader

    init(services: GatewayServices, bodies: BodyReader) {
        library = services.prompts
        pipeline = PromptPipeline(services.prompts)
        hooks = services.hooks
        self.bodies = bodies
    }

    func add(to router: RouterGroup<GatewayRequestContext>) {
        let prompts = router.group("prompts")
        prompts.get { _, _ in list() }
        prompts.post { request, _ in try await create(request) }
        prompts.put(":name") { request, context in try await update(request, context) }
        prompts.delete(":name") { _, context in try await delete(context) }
        prompts.get(":name") { request, context in
            try await render(PayloadBlock.emptyObject.root, request, context)
        }
        prompts.post(":name") { request, context in
            try await render(try await bodies.object(of: request), request, context)
        }
        prompts.post(":name/render") { request, context in
            let body = try await bodies.object(of: request)
            guard let arguments = body["arguments"], !arguments.isNull else {
                return try await render(PayloadBlock.emptyObject.root, request, context)
            }
            guard arguments.isObject else {
                throw GatewayError.unprocessable("arguments: expected an object, found \(arguments.typeDescription)")
            }
            return try await render(arguments, request, context)
        }
    }

    private func list() -> Response {
        Response(.array(library.prompts.map { .object($0.object) }))
    }

    private func create(_ request: Request) async throws -> Response {
        let form = try PromptForm(try await bodies.object(of: request))
        return Response(.object(try await library.create(form).object))
    }

    private func update(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        let form = try PromptForm(try await bodies.object(of: request))
        return Response(.object(try await library.update(try context.name(), form).object))
    }

    private func delete(_ context: GatewayRequestContext) async throws -> Response {
        let name = try context.name()
        try await library.delete(name)
        return Response(["status": "success", "message": .string("prompt \(name) deleted")])
    }

    private func render(
        _ arguments: BlockValue,
        _ request: Request,
        _ context: GatewayRequestContext
    ) async throws -> Response {
        let identity = RequestIdentity(
            requestID: context.requestID,
            contentType: request.headers[.contentType]
        )
        let rendered = try await pipeline.render(try context.name(), arguments, try hooks.begin(identity))
        return Response(rendered.result, headers: rendered.headers)
    }
}

extension GatewayRequestContext {
    /// The name in the path, without percent encoding.
    func name() throws -> String {
        let text = try parameters.require("name")
        guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
        guard let name = text.removingPercentEncoding else {
            throw GatewayError.badRequest("the path is not percent-encoded UTF-8: \(text)")
        }
        return name
    }
}
