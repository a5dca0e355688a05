import Testing
import WorkerProtocol

@Suite("The division of a worker's memory")
struct GeometryTests {
    private static let sizes = [1024, 4096, 1 << 20, 16 << 20, 1 << 30]

    @Test("has a place of its own for each header and each area", arguments: sizes)
    func isDisjoint(maxBlockBytes: Int) {
        let geometry = RegionGeometry(maxBlockBytes: maxBlockBytes)
        var ranges = (0..<RegionGeometry.slots).map { RegionGeometry.slotHeader($0) }.map { ($0, 64) }
        ranges += (0..<RegionGeometry.asks).map { (RegionGeometry.askHeader($0), RegionGeometry.headerBytes) }
        ranges += (0..<RegionGeometry.slots).map { (RegionGeometry.slotArea($0), RegionGeometry.areaBytes) }
        ranges += (0..<RegionGeometry.asks).map { (RegionGeometry.askArea($0), RegionGeometry.areaBytes) }
        ranges += (0..<RegionGeometry.largeAreas).map { (geometry.largeArea($0), geometry.largeBytes) }
        for (one, next) in zip(ranges, ranges.dropFirst()) { #expect(one.0 + one.1 <= next.0) }
        #expect(ranges[0].0 >= 1024)
        #expect(ranges.last.map { $0.0 + $0.1 } == geometry.regionBytes)
        #expect(ranges.allSatisfy { $0.0 % 8 == 0 })
    }

    @Test("lets two of the largest payloads fit into a large area", arguments: sizes)
    func isLargeEnough(maxBlockBytes: Int) {
        let geometry = RegionGeometry(maxBlockBytes: maxBlockBytes)
        #expect(geometry.largeBytes >= 2 * maxBlockBytes + RegionGeometry.areaBytes)
        #expect(geometry.largeBytes % 4096 == 0)
    }

    @Test("contains what lies within the areas, and nothing else")
    func contains() {
        let geometry = RegionGeometry(maxBlockBytes: 4096)
        let first = UInt64(RegionGeometry.slotArea(0))
        let end = UInt64(geometry.regionBytes)
        let rows: [(offset: UInt64, count: UInt32, isWithin: Bool)] = [
            (first, 0, true), (first, 128, true), (end - 8, 8, true), (end, 0, true), (end - 8, 9, false),
            (end, 1, false), (end + 8, 0, false), (first - 8, 8, false), (0, 8, false), (first + 4, 8, false),
            (.max, 1, false), (.max - 7, 8, false), (.max - 7, .max, false), (first, .max, false),
        ]
        for row in rows {
            let range = AreaRange(offset: row.offset, count: row.count)
            #expect(geometry.contains(range) == row.isWithin, "\(range)")
        }
    }

    @Test("knows the large area of an offset")
    func largeIndex() {
        let geometry = RegionGeometry(maxBlockBytes: 4096)
        let offsets = [0, geometry.largeArea(0) - 1, geometry.largeArea(0), geometry.largeArea(1) - 1]
        #expect(offsets.map(geometry.largeIndex) == [nil, nil, 0, 0])
        let last = [geometry.largeArea(1), geometry.regionBytes - 1, geometry.regionBytes, .max]
        #expect(last.map(geometry.largeIndex) == [1, 1, nil, nil])
    }
}
