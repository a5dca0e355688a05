import GatewayCore
import HTTPTypes
import Hummingbird
import Logging
import PluginPayloads

/// Answers requests by their routes, between the hooks that see all of them, and notes each in the access log.
struct GatewayResponder: HTTPResponder {
    let router: RouterResponder<GatewayRequestContext>
    /// The paths that tell what state the gateway is in: a plugin that fails must not hide it.
    let openPaths: Set<String>
    let hooks: any HookDispatching
    let access: AccessControl
    let accessLog: any AccessLog
    let logger: Logger

    /// The paths whose errors are those of JSON-RPC.
    private static let rpcPaths: Set = ["/rpc", "/v1/rpc"]

    /// An answer, and what went wrong if it is no other.
    private typealias Answer = (response: Response, failure: GatewayError?)

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

    /// Begins a request's hooks, and shows it to `http_pre_request`, its route and `http_post_request`.
    private func answer(_ request: Request, _ context: GatewayRequestContext) async -> Answer {
        var (request, context) = (request, context)
        let hooks: any RequestHooks
        do {
            try SingleHeaders.check(request)
            hooks = try begin(request, &context)
        } catch {
            return refusal(error, request, context)
        }
        var added: HTTPHeaders = [:]
        var answer: Answer
        do {
            added = try await enter(&request, context, hooks)
            answer = try await route(request, context)
        } catch {
            answer = refusal(error, request, context)
        }
        answer.response.set(added)
        await leave(&answer.response, request, context)
        return answer
    }

    private func begin(_ request: Request, _ context: inout GatewayRequestContext) throws -> any RequestHooks {
        let identity = RequestIdentity(requestID: context.requestID, contentType: request.headers[.contentType])
        let hooks = try hooks.begin(identity)
        context.hooks = hooks
        if hooks.hasPlugins(for: .httpPostRequest) { context.identified = IdentifiedHooks(hooks) }
        return hooks
    }

    /// - Returns: Headers that plugins add to the response.
    private func enter(
        _ request: inout Request,
        _ context: GatewayRequestContext,
        _ hooks: any RequestHooks
    ) async throws -> HTTPHeaders {
        guard hooks.hasPlugins(for: .httpPreRequest) else { return [:] }
        let entry: AccessControl.Entry
        do throws(GatewayError) {
            entry = try await access.enter(RequestHead(request, context.client), hooks)
        } catch {
            guard error.reason != nil, openPaths.contains(request.uri.path) else {
                // Nobody has read the body yet, which has the request's id.
                throw Self.rpcPaths.contains(request.uri.path) ? error.enveloped(.null) : error
            }
            note(error, context)
            return [:]
        }
        if !entry.changes.isEmpty {
            var head = request.head
            for (name, value) in entry.changes {
                if let name = HTTPField.Name(name) { head.headerFields[name] = value }
            }
            request = Request(head: head, body: request.body)
        }
        return entry.responseHeaders
    }

    private func route(_ request: Request, _ context: GatewayRequestContext) async throws -> Answer {
        let response = try await router.respond(to: request, context: context)
        guard response.status == .notFound, context.endpointPath == "NotFound" else { return (response, nil) }
        let error = GatewayError.notFound("there is no route \(request.method) \(request.uri.path)")
        return (Response(error), error)
    }

    private func leave(_ response: inout Response, _ request: Request, _ context: GatewayRequestContext) async {
        guard let hooks = context.identified?.latest else { return }
        // It is there for them to see; whatever they make of it, the client's or the gateway's own is sent.
        response.headers[.requestID] = context.requestID
        response.set(
            await access.leave(
                response.status.code,
                HTTPHeaders(response.headers),
                RequestHead(request, context.client),
                hooks
            )
        )
    }

    private func refusal(_ error: any Error, _ request: Request, _ context: GatewayRequestContext) -> Answer {
        guard let failure = GatewayError(endOf: error) else {
            note("request failed", ["path": "\(request.uri.path)", "reason": "\(error)"], context)
            let failure = GatewayError(
                status: 500,
                "an error of the gateway; its log has more under \(context.requestID)"
            )
            return (Response(failure), failure)
        }
        note(failure, context)
        return (Response(failure), failure)
    }

    /// Writes a line if a plugin has failed.
    private func note(_ failure: GatewayError, _ context: GatewayRequestContext) {
        guard let reason = failure.reason else { return }
        note("plugin failed", ["plugin": "\(failure.plugin ?? "")", "reason": "\(reason)"], context)
    }

    private func note(_ message: Logger.Message, _ more: Logger.Metadata, _ context: GatewayRequestContext) {
        logger.error(message, metadata: more.merging(["request_id": "\(context.requestID)"]) { $1 })
    }
}

extension Response {
    /// Sets headers.
    fileprivate mutating func set(_ fields: HTTPHeaders) {
        for (name, value) in fields {
            if let name = HTTPField.Name(name) { headers[name] = value }
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
