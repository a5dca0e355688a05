import GatewayTesting
import Glibc
import PluginPayloads
import TestSupport

/// The file of a running plugin is replaced by build after build, with a SIGHUP for each.
struct ReplacedPlugin {
    /// How many builds, and how quickly.
    struct Plan {
        /// Builds that follow each other at a distance of some reloads, so that each is likely to be seen.
        let paced: Int
        /// Builds that follow each other at 20 ms, whatever a reload takes.
        let hurried: Int

        /// A thousand with `HOOKGATE_SOAK=1`.
        static var fromEnvironment: Plan {
            unsafe getenv("HOOKGATE_SOAK") == nil ? Plan(paced: 25, hurried: 20) : Plan(paced: 0, hurried: 1_000)
        }
    }

    /// What the process has, at one time.
    private struct Footprint {
        let memory: ProcessFiles.Memory
        let images: Int
    }

    private static let haste = Duration.milliseconds(20)
    /// What the process may grow by without any reload: buffers for the load, and memory that is kept for later.
    private static let allowance = 24 << 20
    /// What an image that stays mapped may take.
    ///
    /// That is its relocated and written pages, and what the Swift runtime and the loader note about it; the benchmark
    /// of reloads measures 75 to 90 KB.
    private static let ownBytesOfImage = 192 << 10
    private static let warmUp = 5

    let site: StormSite
    let report: Report

    func run(_ plan: Plan) async throws {
        let gateway = try await site.start()
        let port = try await gateway.port
        let load = try Load(script: site.script, port: port)
        let observer = try await RawConnection(port: port)
        var number = 0
        var reloadTimes: [Duration] = []
        for _ in 0..<Self.warmUp {
            number += 1
            let start = ContinuousClock.now
            try site.drop(number, in: gateway.site)
            try await gateway.reload()
            reloadTimes.append(.now - start)
        }
        let usual = reloadTimes.sorted()[Self.warmUp / 2]
        let before = try footprint(gateway)
        report.say("a reload under load takes \(milliseconds(usual)) ms")
        let pace = max(Self.haste, usual * 3)
        var lastSignal = ContinuousClock.now
        for (count, pace) in [(plan.paced, pace), (plan.hurried, Self.haste)] where count > 0 {
            report.say("\(count) builds, \(milliseconds(pace)) ms apart")
            for _ in 0..<count {
                // Nothing looks at what becomes of it.
                try await Task.sleep(until: lastSignal + pace)
                number += 1
                try site.drop(number, in: gateway.site)
                lastSignal = .now
                gateway.signal(SIGHUP)
            }
        }
        let last = number
        try await eventually("the last build", within: .seconds(30)) { try await site.shows(last, observer) }
        let delay = ContinuousClock.now - lastSignal
        report.check(delay <= .seconds(1), "the last build was active \(milliseconds(delay)) ms after the last SIGHUP")
        try await checkLedger(gateway, signals: last)
        let after = try footprint(gateway)
        let seen = try load.stop()
        report.check(seen.isFaultless, seen.text)
        let wanted = min(20, plan.paced + plan.hurried)
        report.check(
            seen.versions >= wanted,
            "\(seen.versions) of \(last + 1) builds seen; at least \(wanted) have to be"
        )
        try checkMemory(gateway, before, after, builds: last + 1)
        report.check(try await gateway.stop() == 0, "the gateway stopped by SIGTERM with status 0")
        let complaints = gateway.log.lines.filter { !$0.contains("authentication is off") }
        report.check(
            complaints.isEmpty,
            "nothing in the log at warning or above but that authentication is off"
                + complaints.joined(separator: "\n").prefix(2_000)
        )
    }

    private func checkLedger(_ gateway: GatewayProcess, signals: Int) async throws {
        var record = JSONValue.null
        try await eventually("a reload that covers all signals", within: .seconds(30)) {
            record = try gateway.reloadRecord
            return record["last_reload"]?["covers"]?.int == record["received"]?.int
        }
        let received = record["received"]?.int ?? 0
        let reloads = record["last_reload"]?["sequence"]?.int ?? 0
        report.check(
            received <= signals && reloads <= received && record["last_reload"]?["ok"]?.bool == true,
            "\(received) of \(signals) signals were received (the system joins those that wait), and covered by "
                + "\(reloads) reloads"
        )
        let ready = try await gateway.client("GET /ready")
        let state = try ready.json
        report.check(
            ready.status == 200 && state["ready"]?.bool == true && state["degraded"] == [] as JSONValue
                && state["last_reload"] == record["last_reload"],
            "/ready: \(ready.text)"
        )
    }

    private func checkMemory(
        _ gateway: GatewayProcess,
        _ before: Footprint,
        _ after: Footprint,
        builds: Int
    ) throws {
        let images = after.images - before.images
        let own = after.memory.anonymous - before.memory.anonymous
        let resident = after.memory.resident - before.memory.resident
        let copies = try Files.names(in: gateway.site.data + "/store").count
        report.say(
            "memory: \(before.images) images of the plugin were mapped, then \(after.images): unmapping a Swift image "
                + "crashes later, so each build that ran stays"
        )
        report.check(
            own <= Self.allowance + images * Self.ownBytesOfImage,
            "anonymous memory: \(kilobytes(before.memory.anonymous)) KB, then \(kilobytes(after.memory.anonymous)) KB: "
                + "\(kilobytes(own) / max(images, 1)) KB an image, of which \(kilobytes(Self.ownBytesOfImage)) KB are "
                + "allowed, beside \(kilobytes(Self.allowance)) KB for the load"
        )
        report.check(
            resident <= Self.allowance + images * (Self.ownBytesOfImage + site.build.size),
            "resident memory: \(kilobytes(before.memory.resident)) KB, then \(kilobytes(after.memory.resident)) KB: "
                + "\(kilobytes(resident) / max(images, 1)) KB an image; what is not anonymous is pages of its file of "
                + "\(kilobytes(site.build.size)) KB, which the system may drop"
        )
        report.check(
            copies <= builds && copies >= after.images,
            "\(copies) private copies in store/, which are kept for an hour after their last use"
        )
    }

    private func footprint(_ gateway: GatewayProcess) throws -> Footprint {
        Footprint(
            memory: try ProcessFiles.memory(of: gateway.pid),
            images: try ProcessFiles.mappedFiles(of: gateway.pid, below: gateway.site.data + "/store").count
        )
    }

    private func milliseconds(_ duration: Duration) -> Int { Int(duration / .milliseconds(1)) }

    private func kilobytes(_ bytes: Int) -> Int { bytes / 1_024 }
}
