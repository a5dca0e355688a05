/// The buckets of all users, tenants or tools.
///
/// A bucket that is full again is as good as none, and is dropped when the table is about to grow. When all are needed
/// and there is no room, those go that are full first: whoever has used up a limit is remembered longest, also when
/// somebody calls under ever new names.
struct BucketTable {
    private var buckets: [String: Bucket] = [:]
    private let capacity: Int
    private var nextSweep: Int

    private static let smallestSweep = 64
    private static let longestKey = 256

    init(capacity: Int) {
        self.capacity = capacity
        nextSweep = min(capacity, Self.smallestSweep)
    }

    var count: Int { buckets.count }

    /// The bucket of a key; a full one if there is none.
    func bucket(of key: String, _ rate: Rate, at now: Int) -> Bucket {
        buckets[Self.bounded(key)] ?? Bucket(rate, at: now)
    }

    /// Remembers the bucket of a key.
    mutating func set(_ bucket: Bucket, of key: String, at now: Int) {
        let key = Self.bounded(key)
        if buckets[key] == nil, buckets.count >= nextSweep { makeRoom(at: now) }
        buckets[key] = bucket
    }

    private mutating func makeRoom(at now: Int) {
        buckets = buckets.filter { $0.value.fullNanosecond > now }
        if buckets.count >= capacity { dropFullest() }
        nextSweep = min(capacity, max(Self.smallestSweep, 2 * buckets.count))
    }

    /// Drops an eighth of the table, so that many calls share the work of sorting.
    private mutating func dropFullest() {
        let order = buckets.map { (key: $0.key, time: $0.value.fullNanosecond) }.sorted { $0.time < $1.time }
        for (key, _) in order.prefix(max(1, capacity / 8)) { buckets[key] = nil }
    }

    /// A key that takes little memory, however long the name is.
    private static func bounded(_ key: String) -> String {
        guard key.utf8.count > longestKey else { return key }
        return "\(key.unicodeScalars.prefix(longestKey / 4))…\(key.hashValue)"
    }
}
