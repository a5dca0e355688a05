import GatewayCore
import Logging
import PluginRuntime
import ServiceLifecycle
import UnixSignals

/// Reloads the runtime when the process is told to by SIGHUP.
struct ReloadService: Service {
    let signals: UnixSignalsSequence
    let runtime: PluginRuntime
    let ledger: ReloadLedger
    /// Whose keys are read again, too; `nil` if authentication is off.
    let tokens: TokenAuthentication?
    let logger: Logger

    @concurrent
    func run() async throws {
        let (wakeUps, wake) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                for await _ in wakeUps {
                    while let turn = ledger.begin() { ledger.end(await reload(turn)) }
                }
            }
            // Not `cancelOnGracefulShutdown()` of the sequence: its lock and that of a task with a preferred executor
            // can wait for one another when the task is cancelled.
            await cancelWhenGracefulShutdown {
                for await _ in signals {
                    ledger.receive()
                    wake.yield()
                }
            }
            wake.finish()
        }
    }

    private func reload(_ turn: ReloadTurns.Turn) async -> ReloadReport {
        var errors: [String] = []
        var isAccepted = true
        do throws(RuntimeError) {
            errors = try await runtime.reload().filter(\.isError).map(\.description)
            await tokens?.reload(runtime.configuration, logger)
        } catch {
            isAccepted = false
            errors = error.problems.filter(\.isError).map(\.description)
        }
        let report = ReloadReport(
            sequence: turn.sequence,
            covers: turn.covers,
            isAccepted: isAccepted,
            at: Timestamp.now.text,
            errors: errors
        )
        log(report)
        return report
    }

    private func log(_ report: ReloadReport) {
        if report.isAccepted {
            let generation = runtime.generationNumber
            logger.info("reloaded", metadata: ["sequence": "\(report.sequence)", "generation": "\(generation)"])
        } else {
            logger.error(
                "reload rejected; the plugins of before run on",
                metadata: ["sequence": "\(report.sequence)", "reason": "\(report.errors.joined(separator: "\n"))"]
            )
        }
    }
}
