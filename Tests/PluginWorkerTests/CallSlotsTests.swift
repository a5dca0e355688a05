import PluginWorker
import Synchronization
import Testing
import WorkerProtocol

@Suite("The slots of a worker")
struct CallSlotsTests {
    static func memory() throws -> WorkerMemory {
        let geometry = RegionGeometry(maxBlockBytes: 4096)
        let requests = try SharedFile("test-requests", size: geometry.regionBytes)
        let replies = try SharedFile("test-replies", size: geometry.regionBytes)
        return try WorkerMemory(
            geometry,
            requests: SharedMemory(mapping: requests.descriptor, size: geometry.regionBytes, isWritable: true),
            replies: SharedMemory(mapping: replies.descriptor, size: geometry.regionBytes, isWritable: true)
        )
    }

    private static let small = 128
    private static let large = RegionGeometry.areaBytes + 8

    @Test("are 64, each with an area of its own, and come back when they are free")
    func areAllTaken() throws {
        let slots = CallSlots(try Self.memory())
        let taken = (0..<64).compactMap { _ in slots.reserve(Self.small) }
        #expect(Set(taken.map(\.slot)) == Set(0..<64))
        #expect(taken.allSatisfy { $0.offset == RegionGeometry.slotArea($0.slot) })
        #expect(slots.count == 64)
        #expect(!slots.hasFree)
        #expect(slots.reserve(Self.small) == nil)
        _ = slots.release(7)
        #expect(slots.reserve(Self.small)?.slot == 7)
    }

    @Test("have two large areas between them; who finds none keeps no slot")
    func largeAreas() throws {
        let memory = try Self.memory()
        let slots = CallSlots(memory)
        let first = try #require(slots.reserve(Self.large))
        let second = try #require(slots.reserve(Self.large))
        #expect(Set([first.offset, second.offset]) == Set((0..<2).map(memory.geometry.largeArea)))
        #expect(slots.reserve(Self.large) == nil)
        #expect(slots.count == 2)
        _ = slots.release(first.slot)
        #expect(slots.reserve(Self.large)?.offset == first.offset)
    }

    @Test("lend an answer the large area of the call that asks, which has been read, and then free ones")
    func answerAreas() throws {
        let slots = CallSlots(try Self.memory())
        let (slot, _) = try #require(slots.reserve(Self.large))
        let (other, _) = try #require(slots.reserve(Self.small))
        #expect(slots.takeAnswerArea(for: slot) == nil)
        _ = slots.watch(slot, 1)
        _ = slots.watch(other, 1)
        let own = try #require(slots.takeAnswerArea(for: slot))
        let free = try #require(slots.takeAnswerArea(for: other))
        #expect(Set([own, free]) == [0, 1])
        #expect(slots.takeAnswerArea(for: slot) == nil)
        #expect(slots.claim(slot))
        _ = slots.release(slot)
        #expect(slots.takeAnswerArea(for: other) == own)
    }

    @Test("that were given up are taken back once, by whoever comes first")
    func claim() async throws {
        let slots = CallSlots(try Self.memory())
        for _ in 0..<64 { _ = slots.reserve(Self.small) }
        for round in 1...UInt32(200) {
            for slot in 0..<64 { #expect(!slots.watch(slot, round)) }
            let claims = await withTaskGroup(of: Int.self) { group in
                for _ in 0..<4 { group.addTask { @concurrent in (0..<64).count(where: slots.claim) } }
                return await group.reduce(0, +)
            }
            #expect(claims == 64)
        }
    }

    @Test("are never two callers' at the same time")
    func concurrent() async throws {
        let slots = CallSlots(try Self.memory())
        let owners = (0..<64).map { _ in Counter() }
        let collisions = Counter()
        await withTaskGroup(of: Void.self) { group in
            for task in 0..<4 {
                group.addTask { @concurrent in
                    for round in 0..<5_000 {
                        let size = (task + round) % 7 == 0 ? Self.large : Self.small
                        guard let (slot, _) = slots.reserve(size) else { continue }
                        if owners[slot].value.add(1, ordering: .relaxed).newValue != 1 {
                            collisions.value.add(1, ordering: .relaxed)
                        }
                        owners[slot].value.subtract(1, ordering: .relaxed)
                        _ = slots.release(slot)
                    }
                }
            }
        }
        #expect(collisions.value.load(ordering: .relaxed) == 0)
        #expect(slots.count == 0)
        #expect((0..<2).allSatisfy { _ in slots.reserve(Self.large) != nil })
    }

    private final class Counter: Sendable {
        let value = Atomic<Int>(0)
    }
}
