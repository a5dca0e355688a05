import GatewayTesting
import Glibc
import Synchronization
import TestSupport

/// Clients that post to one prompt without pause, each on a connection of its own, and look at every answer.
final class Crowd: Sendable {
    /// What was seen since the last look.
    struct Sight {
        var answers = 0
        /// Answers that are not right, and connections that broke.
        var faults: [String] = []
        var nanoseconds: [Int64] = []

        /// How long 99 of 100 answers took at most, in milliseconds.
        var p99: Double {
            let sorted = nanoseconds.sorted()
            return sorted.isEmpty ? 0 : Double(sorted[min(sorted.count - 1, sorted.count * 99 / 100)]) / 1_000_000
        }

        var text: String {
            "\(answers) answers to others, \(faults.count) wrong" + (faults.first.map { ", such as: \($0)" } ?? "")
        }
    }

    private struct State {
        var sight = Sight()
        var isStopped = false
    }

    private static let clients = 4

    private let state = Mutex(State())
    private let tasks: Mutex<[Task<Void, any Error>]> = Mutex([])

    /// Starts the clients.
    ///
    /// - Parameters:
    ///   - port: Where the gateway listens.
    ///   - prompt: The prompt that they post to, with the number of the client as its argument `client`.
    ///   - isRight: Says whether an answer is as it has to be for a client.
    /// - Throws: That nobody listens.
    init(port: Int, prompt: String, _ isRight: @escaping @Sendable (ClientResponse, Int) throws -> Bool) throws {
        for client in 0..<Self.clients {
            let body = Array(#"{"client":"\#(client)"}"#.utf8)
            let request = ClientRequest("POST /prompts/\(prompt)", body).bytes(isLast: false)
            let connection = try BlockingConnection(port: port)
            let task = Task {
                try await Blocking.run { [self] in
                    while !state.withLock({ $0.isStopped }) {
                        guard post(request, on: connection, { try isRight($0, client) }) else { break }
                    }
                }
            }
            tasks.withLock { $0.append(task) }
        }
    }

    /// Posts once.
    ///
    /// - Returns: `false` if the connection is broken.
    private func post(
        _ request: [UInt8],
        on connection: BlockingConnection,
        _ isRight: (ClientResponse) throws -> Bool
    ) -> Bool {
        let start = ContinuousClock.now
        do {
            let answer = try connection.answer(to: request)
            let time = Int64((ContinuousClock.now - start) / .nanoseconds(1))
            let fault = try isRight(answer) ? nil : "after \(time / 1_000_000) ms \(answer.line)"
            state.withLock { state in
                state.sight.answers += 1
                state.sight.nanoseconds.append(time)
                if let fault { state.sight.faults.append(fault) }
            }
            return true
        } catch {
            state.withLock { if !$0.isStopped { $0.sight.faults.append("\(error)") } }
            return false
        }
    }

    /// Waits for some more answers, or a fault.
    func answers(_ count: Int) async throws {
        let start = state.withLock { $0.sight.answers }
        try await eventually("\(count) answers to others", within: .seconds(120)) {
            state.withLock { $0.sight.answers - start >= count || !$0.sight.faults.isEmpty }
        }
    }

    /// What was seen since the last look.
    func look() -> Sight {
        state.withLock { state in
            defer { state.sight = Sight() }
            return state.sight
        }
    }

    /// Ends the clients.
    ///
    /// - Returns: What was seen since the last look.
    func stop() async throws -> Sight {
        state.withLock { $0.isStopped = true }
        for task in tasks.withLock({ $0 }) { try await task.value }
        return look()
    }
}
