import GatewayCore
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import PluginPayloads

import enum NIOHTTP1.HTTPParserError

/// Answers requests by their routes; turns errors into answers, and notes each in the access log.
struct GatewayResponder: HTTPResponder {
    let router: RouterResponder<GatewayRequestContext>
    let hooks: any HookDispatching
    let accessLog: any AccessLog
    let logger: Logger

    @concurrent
    func respond(to request: Request, context: GatewayRequestContext) async throws -> Response {
        let start = ContinuousClock.now
        var context = context
        context.requestID = RequestIdentifier.of(request)
        var (response, failure) = await answer(request, context)
        response.headers[.requestID] = context.requestID
        // Whatever the answer is, its body would be taken for the next answer.
        if request.method == .head { response = response.createHeadResponse() }
        if accessLog.isEnabled {
            accessLog.record(
                AccessEntry(
                    requestID: context.requestID,
                    method: request.method.rawValue,
                    path: request.uri.path,
                    status: response.status.code,
                    bytes: response.body.contentLength,
                    nanoseconds: Int64((.now - start) / .nanoseconds(1)),
                    plugin: failure?.plugin
                )
            )
        }
        return response
    }

    private func answer(_ request: Request, _ context: GatewayRequestContext) async -> (Response, GatewayError?) {
        do {
            var context = context
            context.hooks = try hooks.begin(
                RequestIdentity(requestID: context.requestID, contentType: request.headers[.contentType])
            )
            let response = try await router.respond(to: request, context: context)
            guard response.status == .notFound, context.endpointPath == "NotFound" else { return (response, nil) }
            let error = GatewayError.notFound("there is no route \(request.method) \(request.uri.path)")
            return (Response(error), error)
        } catch let error as GatewayError {
            if let reason = error.reason {
                logger.error(
                    "plugin failed",
                    metadata: [
                        "request_id": "\(context.requestID)", "plugin": "\(error.plugin ?? "")", "reason": "\(reason)",
                    ]
                )
            }
            return (Response(error), error)
        } catch is CancellationError {
            let error = GatewayError.unavailable("the gateway is stopping")
            return (Response(error), error)
        } catch is RequestClockHandler.Expired {
            return (Response(.late), .late)
        } catch let fault as HTTPParserError {
            let error = GatewayError(fault)
            return (Response(error), error)
        } catch let error where error is IOError || error is ChannelError {
            return (Response(.cutOff), .cutOff)
        } catch {
            logger.error(
                "request failed",
                metadata: ["request_id": "\(context.requestID)", "path": "\(request.uri.path)", "reason": "\(error)"]
            )
            let failure = GatewayError(
                status: 500,
                "an error of the gateway; its log has more under \(context.requestID)"
            )
            return (Response(failure), failure)
        }
    }
}

extension HTTPField.Name {
    static var requestID: HTTPField.Name { requestIDName }
}

private let requestIDName: HTTPField.Name = {
    guard let name = HTTPField.Name("X-Request-Id") else { preconditionFailure("a valid name of a header") }
    return name
}()
