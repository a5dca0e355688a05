/// The medians of several processes, as a table.
struct Report {
    private struct Row {
        let goal: Double?
        let unit: String
        let baseline: String
        var figures: [Double] = []
        var allocations: [Double] = []
    }

    private var names: [String] = []
    private var rows: [String: Row] = [:]

    /// Reads the lines that `measure` printed.
    init(readingLines next: () -> String?) {
        while let line = next() {
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard fields.count == 6, let figure = Double(fields[1]) else { continue }
            if rows[fields[0]] == nil {
                names.append(fields[0])
                rows[fields[0]] = Row(goal: Double(fields[4]), unit: fields[2], baseline: fields[5])
            }
            rows[fields[0]]?.figures.append(figure)
            if let allocations = Double(fields[3]) { rows[fields[0]]?.allocations.append(allocations) }
        }
    }

    var text: String {
        let header = ["BENCHMARK", "MEDIAN", "RANGE", "ALLOCATIONS", "GOAL", "BASELINE"]
        let table = [header] + names.compactMap { name in rows[name].map { cells(name, $0) } }
        let widths = header.indices.map { column in table.map { $0[column].count }.max() ?? 0 }
        return table.map { row in
            zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }.joined(separator: "  ")
        }.joined(separator: "\n")
    }

    private func cells(_ name: String, _ row: Row) -> [String] {
        let figures = row.figures.sorted()
        let median = figures[figures.count / 2]
        let allocations = row.allocations.sorted()
        let baseline = rows[row.baseline].map { other in
            let figures = other.figures.sorted()
            return "\(row.baseline): \(Self.short(figures[figures.count / 2])) \(other.unit)"
        }
        return [
            name, "\(Self.short(median)) \(row.unit)",
            "\(Self.short(figures[0]))-\(Self.short(figures[figures.count - 1]))",
            allocations.isEmpty ? "not counted" : Self.short(allocations[allocations.count / 2]),
            row.goal.map { "\(Self.short($0)) \(row.unit)" } ?? "", baseline ?? "",
        ]
    }

    private static func short(_ value: Double) -> String {
        let scaled = value < 100 ? (value * 100).rounded() / 100 : value.rounded()
        return scaled == scaled.rounded() ? "\(Int(scaled))" : "\(scaled)"
    }
}

extension Measurement {
    /// The measurement as a line for `Report`.
    var line: String {
        [
            benchmark.name, "\(figure)", benchmark.unit.rawValue, allocations.map { "\($0)" } ?? "",
            benchmark.goal.map { "\($0)" } ?? "", benchmark.baseline ?? "",
        ].joined(separator: "\t")
    }
}
