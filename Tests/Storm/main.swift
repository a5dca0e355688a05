import GatewayTesting
import Glibc
import TestSupport

// A running gateway whose plugin is replaced again and again, and beside whose plugin bad files appear, while wrk posts
// to it. Usage: hookgate-storm HOOKGATE PLUGIN LOAD-SCRIPT
let report = Report()
do {
    guard CommandLine.arguments.count == 4 else {
        throw SetupFailure("usage: hookgate-storm HOOKGATE PLUGIN LOAD-SCRIPT")
    }
    let build = try VersionedBuild(template: Files.read(CommandLine.arguments[2]))
    let site = StormSite(program: CommandLine.arguments[1], script: CommandLine.arguments[3], build: build)
    try await ReplacedPlugin(site: site, report: report).run(.fromEnvironment)
    try await BadFiles(site: site, report: report).run()
} catch {
    report.fail("\(error)")
}
exit(report.failures == 0 ? 0 : 1)
