import GatewayCore
import GatewayTesting
import GatewayUpstreams
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import PluginPayloads
import TestSupport
import Testing

@Suite("Servers over the network")
struct NetworkUpstreamTests {
    /// Asks a real server of this process.
    private static func send(
        _ request: (_ origin: String) -> UpstreamRequest,
        _ limits: UpstreamLimits = UpstreamLimits()
    ) async throws -> Result<UpstreamResponse, UpstreamError> {
        try await LoopbackServer.run(router()) { origin in
            let upstream = NetworkUpstream(limits, logger: .silent)
            let result: Result<UpstreamResponse, UpstreamError>
            do throws(UpstreamError) { result = .success(try await upstream.send(request(origin))) } catch {
                result = .failure(error)
            }
            try await upstream.shutdown()
            return result
        }
    }

    private static func router() -> Router<BasicRequestContext> {
        let router = Router()
        for method in [HTTPRequest.Method.get, .post, .put, .patch, .delete] {
            router.on("echo", method: method) { request, _ in
                let body = try await request.body.collect(upTo: 1 << 20)
                let name = HTTPField.Name("X-Sent").flatMap { request.headers[$0] } ?? ""
                return "\(request.method) \(request.uri) \(name) \(String(buffer: body))"
            }
            for status in [301, 302, 303, 307, 308] {
                router.on("redirect/\(status)", method: method) { request, _ in
                    let place = request.uri.queryParameters["to"].map(String.init) ?? ""
                    return Response(status: .init(code: status), headers: [.location: place])
                }
            }
        }
        router.get("large") { _, _ in String(repeating: "a", count: 100_000) }
        router.get("status") { _, _ in Response(status: .serviceUnavailable) }
        router.get("never") { _, _ in
            try await Task.sleep(for: .seconds(3_600))
            return ""
        }
        return router
    }

    private static func text(_ result: Result<UpstreamResponse, UpstreamError>) -> String {
        switch result {
        case .success(let response): "\(response.status) \(String(decoding: response.body, as: UTF8.self))"
        case .failure(let error): "\(error)"
        }
    }

    @Test("get the request as it is", arguments: ["GET", "POST", "PUT", "PATCH", "DELETE"])
    func requests(method: String) async throws {
        let body = method == "GET" || method == "DELETE" ? nil : Array("{}".utf8)
        let result = try await Self.send { origin in
            UpstreamRequest(method: method, url: origin + "/echo?a=%20b", headers: ["X-Sent": "s"], body: body)
        }
        #expect(Self.text(result) == "200 \(method) /echo?a=%20b s \(body == nil ? "" : "{}")")
    }

    @Test("answer also when they fail")
    func status() async throws {
        #expect(Self.text(try await Self.send { UpstreamRequest(method: "GET", url: $0 + "/status") }) == "503 ")
    }

    @Test(
        "are followed to another place of their own",
        arguments: [
            ("GET", 301, "200 GET /echo s "), ("GET", 307, "200 GET /echo s "), ("POST", 302, "200 GET /echo s "),
            ("POST", 303, "200 GET /echo s "), ("POST", 307, "200 POST /echo s x"), ("POST", 308, "200 POST /echo s x"),
        ]
    )
    func redirects(method: String, status: Int, answer: String) async throws {
        let body = method == "GET" ? nil : Array("x".utf8)
        for isAbsolute in [true, false] {
            let result = try await Self.send { origin in
                let target = (isAbsolute ? origin : "") + "/echo"
                return UpstreamRequest(
                    method: method,
                    url: "\(origin)/redirect/\(status)?to=\(target)",
                    headers: ["X-Sent": "s"],
                    body: body
                )
            }
            #expect(Self.text(result) == answer)
        }
    }

    @Test(
        "are not followed to other servers, nor in circles",
        arguments: [
            "http://localhost:1/echo", "//localhost/echo", "https://127.0.0.1/", "/redirect/301?to=/redirect/301",
            "echo",
        ]
    )
    func foreignRedirects(target: String) async throws {
        let result = try await Self.send { UpstreamRequest(method: "GET", url: "\($0)/redirect/301?to=\(target)") }
        #expect(result == .failure(.redirected))
    }

    @Test("may not answer more than they should")
    func tooLarge() async throws {
        var limits = UpstreamLimits()
        limits.maxResponseBytes = 99_999
        let result = try await Self.send({ UpstreamRequest(method: "GET", url: $0 + "/large") }, limits)
        #expect(result == .failure(.tooLarge(99_999)))
        limits.maxResponseBytes = 100_000
        let whole = try await Self.send({ UpstreamRequest(method: "GET", url: $0 + "/large") }, limits)
        #expect(try whole.get().body.count == 100_000)
    }

    @Test("have so much time and no more")
    func timeout() async throws {
        var limits = UpstreamLimits()
        limits.timeout = .milliseconds(50)
        let result = try await Self.send({ UpstreamRequest(method: "GET", url: $0 + "/never") }, limits)
        #expect(result == .failure(.timeout(.milliseconds(50))))
    }

    @Test("may not be there at all")
    func unreachable() async throws {
        let result = try await Self.send { _ in UpstreamRequest(method: "GET", url: "http://127.0.0.1:1/") }
        #expect(result == .failure(.unreachable))
    }

    @Test("are left alone when nobody waits any more")
    func cancelled() async throws {
        let result = try await LoopbackServer.run(Self.router()) { origin in
            let upstream = NetworkUpstream(UpstreamLimits(), logger: .silent)
            let asking = Task { () -> UpstreamError? in
                do throws(UpstreamError) {
                    _ = try await upstream.send(UpstreamRequest(method: "GET", url: origin + "/never"))
                    return nil
                } catch { return error }
            }
            asking.cancel()
            let error = await asking.value
            try await upstream.shutdown()
            return error
        }
        #expect(result == .cancelled)
    }

    @Test("answer the gateway's tools and resources")
    func throughTheGateway() async throws {
        try await LoopbackServer.run(Self.router()) { origin in
            let upstream = NetworkUpstream(UpstreamLimits(), logger: .silent)
            let client = try await InMemoryGateway(upstream: upstream).client
            let headers: JSONValue = ["X-Sent": "secret"]
            _ = try await client(
                "POST /tools",
                ["name": "echo", "url": .string(origin + "/{word}"), "method": "POST", "headers": headers]
            )
            _ = try await client("POST /resources", ["uri": "x://echo", "name": "e", "url": .string(origin + "/echo")])
            let arguments: JSONValue = ["word": "echo", "n": 1]
            let call = try await client("POST /tools/invoke", ["name": "echo", "arguments": arguments])
            #expect(
                call.line == #"200 {"content":[{"type":"text","text":"POST /echo secret {\"n\":1}"}],"isError":false}"#
            )
            let resource = try await client("POST /resources/read", ["uri": "x://echo"])
            #expect(try resource.json["text"] == "GET /echo  ")
            try await upstream.shutdown()
        }
    }
}
