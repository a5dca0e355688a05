import GatewayCore
import HTTPTypes
import Hummingbird
import PluginPayloads

/// `/rpc`: JSON-RPC 2.0 without sessions.
///
/// Every answer is a whole envelope. Its HTTP status is 400 where no request could be read, and else 200, also with an
/// error in it; only what names a status of its own, as a violation does with `http_status_code` or a code such as
/// `RATE_LIMIT`, and refused callers get that.
struct RPCRoutes: Sendable {
    private let methods: RPCMethods
    private let bodies: BodyReader

    init(dispatch: GatewayDispatch, bodies: BodyReader) {
        methods = RPCMethods(dispatch)
        self.bodies = bodies
    }

    var routes: [Route] {
        [Route(.post, "rpc", .caller, answer)]
    }

    private func answer(_ call: RouteCall) async throws -> Response {
        let request = try await request(call)
        // What became of a notification is nobody's to know.
        guard let id = request.id else {
            if !request.method.hasPrefix("notifications/") { _ = try? await methods.answer(request, call) }
            return Response(status: .accepted)
        }
        do {
            return try Response(try await methods.answer(request, call), id: id)
        } catch let error as GatewayError {
            throw error.enveloped(id.value)
        }
    }

    private func request(_ call: RouteCall) async throws -> RPCRequest {
        let body: PayloadBlock?
        do {
            body = try await bodies.value(of: call.request)
        } catch let error as GatewayError {
            let code = error.status == 400 ? RPCFault.parseError : RPCFault.invalidRequest
            throw error.with(rpcCode: code, httpStatus: error.status).enveloped(nil)
        }
        do throws(RPCRequest.Malformed) { return try RPCRequest((body ?? .emptyObject).root) } catch {
            throw error.error.enveloped(error.id?.value ?? nil)
        }
    }
}
