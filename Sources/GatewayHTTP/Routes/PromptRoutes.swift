import GatewayCore
import HTTPTypes
import Hummingbird
import PluginPayloads

/// `/prompts`: management, and rendering through the hooks.
struct PromptRoutes: Sendable {
    let dispatch: GatewayDispatch
    let bodies: BodyReader

    var routes: [Route] {
        RecordRoutes(library: dispatch.prompts, bodies: bodies).managing + [
            Route(.get, "prompts/:name", .permission(.promptsRead)) { call in
                try await render(PayloadBlock.emptyObject.root, call)
            },
            Route(.post, "prompts/:name", .permission(.promptsRead)) { call in
                try await render(try await bodies.object(of: call.request), call)
            },
            Route(.post, "prompts/:name/render", .permission(.promptsRead)) { call in
                try await render(try await bodies.object(of: call.request).object("arguments"), call)
            },
        ]
    }

    private func render(_ arguments: BlockValue, _ call: RouteCall) async throws -> Response {
        Response(try await dispatch.renderPrompt(try call.component("name"), arguments, call.hooks))
    }
}
