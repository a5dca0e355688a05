import Glibc
import TestSupport

/// wrk, which posts without pause until it is stopped.
struct Load {
    /// What wrk has seen.
    struct Result {
        var right = 0
        var wrong = 0
        var versions = 0
        var socketErrors = 0
        var timeouts = 0
        var slowestMilliseconds = 0
        /// A wrong answer.
        var sample: String?

        /// That no request failed, in words.
        var text: String {
            "\(right) right answers, \(wrong) others, \(socketErrors) socket errors, \(timeouts) timeouts; "
                + "\(versions) versions seen; slowest \(slowestMilliseconds) ms"
                + (sample.map { "; such as: \($0)" } ?? "")
        }

        var isFaultless: Bool { right > 0 && wrong == 0 && socketErrors == 0 && timeouts == 0 }
    }

    private let process: Int32
    private let directory: TemporaryDirectory

    /// Starts wrk with two threads and 32 connections.
    init(script: String, port: Int) throws {
        directory = try TemporaryDirectory()
        let url = "http://127.0.0.1:\(port)/prompts/storm"
        process = try unsafe ChildProcess.start(
            "/bin/sh",
            ["-c", "exec wrk --threads 2 --connections 32 --duration 1h --timeout 20s --script '\(script)' '\(url)'"],
            ChildProcess.streams(output: directory("output"), errors: directory("errors"))
        )
    }

    /// Stops wrk.
    func stop() throws -> Result {
        kill(process, SIGINT)
        let status = ChildProcess.wait(for: process)
        let output = try Files.readText(directory("output"))
        guard status == 0 else {
            throw SetupFailure("wrk ended with \(status):\n\(output)\(try Files.readText(directory("errors")))")
        }
        var result = Result()
        for line in output.split(separator: "\n") {
            let parts = line.split(separator: " ", maxSplits: 1)
            guard parts.count == 2 else { continue }
            let number = Int(parts[1]) ?? 0
            switch parts[0] {
            case "right": result.right = number
            case "wrong": result.wrong = number
            case "versions": result.versions = number
            case "socket_errors": result.socketErrors = number
            case "timeouts": result.timeouts = number
            case "slowest_ms": result.slowestMilliseconds = number
            case "sample": result.sample = String(parts[1])
            default: break
            }
        }
        return result
    }
}
