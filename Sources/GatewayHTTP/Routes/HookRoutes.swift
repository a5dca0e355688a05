import GatewayCore
import HTTPTypes
import Hummingbird
import PluginPayloads

/// `/hooks`: fires a hook by hand.
struct HookRoutes: Sendable {
    let bodies: BodyReader

    var routes: [Route] {
        [Route(.post, "hooks/:name/invoke", .permission(.hooksInvoke), invoke)]
    }

    /// Answers the outcome as `hook invoke` prints it, with the status that a blocked or failed request has.
    private func invoke(_ call: RouteCall) async throws -> Response {
        let hook = HookName(try call.component("name"))
        let body = try await bodies.object(of: call.request)
        guard let payload = body["payload"], payload.isObject else {
            throw GatewayError.unprocessable("payload: missing or no object")
        }
        if let problem = hook.payloadShape?.problem(in: payload) {
            throw GatewayError.unprocessable("payload: \(problem)")
        }
        var outcome = await call.hooks.invoke(hook, payload.block)
        let headers = ResponseHeaders.allowed(outcome.httpHeaders)
        do throws(GatewayError) { try outcome.requirePassed(hook) } catch {
            // A plugin's own text is for the log.
            outcome.error?.message = error.message
            throw error.answered(outcome.object)
        }
        return Response(.object(outcome.object), headers: headers)
    }
}
