#include "world/step/pairs.h"

#include <algorithm>
#include <tuple>

#include "world/step/collide.h"

namespace world::step {

namespace {

constexpr double kSkin = 0.002;  // m, boxes are this much larger than their parts
constexpr double kReuse = 1e-4;  // m, patches are kept while nothing moved farther

base::Bounds moved_bounds(const base::Bounds& local, Vec3 x, const Mat3& r) {
    const Vec3 c = r * local.centre() + x, h = local.size() * 0.5;
    base::Bounds out;
    for (int i = 0; i < 3; ++i) {
        const double e =
            std::abs(r.row[i].x) * h.x + std::abs(r.row[i].y) * h.y + std::abs(r.row[i].z) * h.z;
        out.low[i] = c[i] - e;
        out.high[i] = c[i] + e;
    }
    return out;
}

base::Bounds swept_bounds(const Dynamics& d, int body, int part, double span_s) {
    const RigidState& s = d.bodies[body];
    const base::Bounds& local = d.models[body].shape->parts[part].bounds;
    base::Bounds box = moved_bounds(local, s.x, d.now[body].rotation);
    const CompiledShape& shape = *d.models[body].shape;
    const double turn = shape.is_ball ? 0 : std::min(length(s.w) * span_s, 2.0) * shape.reach;
    // pairs_are_stale lets bodies gain half of their speed and 0.5 m/s before it asks for new pairs
    const double grow = kSkin + turn + (0.5 * length(s.v) + 0.5) * span_s;
    const Vec3 sweep = s.v * span_s;
    for (int i = 0; i < 3; ++i) {
        box.low[i] += std::min(sweep[i], 0.0) - grow;
        box.high[i] += std::max(sweep[i], 0.0) + grow;
    }
    return box;
}

struct Mover {
    base::Bounds box;
    int body = 0, part = 0;
    bool active = false;
};

double surface_speed(const Dynamics& d, int body) {
    const CompiledShape& shape = *d.models[body].shape;
    const double turning = shape.is_ball ? 0 : length(d.bodies[body].w) * shape.reach;
    return length(d.bodies[body].v) + turning;
}

bool moved_since(Vec3 x, Quat q, Vec3 found_x, Quat found_q, double reach) {
    if (length_squared(x - found_x) > kReuse * kReuse) return true;
    const Vec3 turn{q.x - found_q.x, q.y - found_q.y, q.z - found_q.z};
    const double w = q.w - found_q.w;
    return 2 * reach * std::sqrt(length_squared(turn) + w * w) > kReuse;
}

bool is_round(const Convex& c) { return c.radius > 0; }

// Carries the impulses of old points to the new ones nearby.
void match_points(const Touch& old, Touch& fresh) {
    fresh.lasting_s = old.lasting_s;
    fresh.loaded = old.loaded;
    fresh.rolling_impulse = old.rolling_impulse;
    if (old.count == 1 && fresh.count == 1) {
        fresh.point[0].normal_impulse = old.point[0].normal_impulse;
        fresh.point[0].tangent_impulse[0] = old.point[0].tangent_impulse[0];
        fresh.point[0].tangent_impulse[1] = old.point[0].tangent_impulse[1];
        return;
    }
    bool used[4] = {false, false, false, false};
    for (int i = 0; i < fresh.count; ++i) {
        int best = -1;
        double nearest = 0.01 * 0.01;
        for (int k = 0; k < old.count; ++k) {
            if (used[k]) continue;
            const double d2 =
                std::min(length_squared(old.point[k].local_a - fresh.point[i].local_a),
                         length_squared(old.point[k].local_b - fresh.point[i].local_b));
            if (d2 < nearest) nearest = d2, best = k;
        }
        if (best < 0) continue;
        used[best] = true;
        fresh.point[i].normal_impulse = old.point[best].normal_impulse;
        fresh.point[i].tangent_impulse[0] = old.point[best].tangent_impulse[0];
        fresh.point[i].tangent_impulse[1] = old.point[best].tangent_impulse[1];
    }
}

void store(const Dynamics& d, const TouchKey& key, const Patch& patch, Touch& out) {
    const RigidState &a = d.bodies[key.a], &b = d.bodies[key.b];
    out.key = key;
    out.normal = patch.normal;
    out.count = patch.count;
    for (int i = 0; i < patch.count; ++i) {
        out.point[i].local_a = d.now[key.a].rotation.transposed_times(patch.point[i].on_a - a.x);
        out.point[i].local_b = d.now[key.b].rotation.transposed_times(patch.point[i].on_b - b.x);
    }
    out.found_xa = a.x, out.found_xb = b.x;
    out.found_qa = a.q, out.found_qb = b.q;
}

// True when the nearest point lies on an inactive edge and the patch leans away from the triangle:
// then the neighbour across that edge has the true contact, and this one would only trip the ball.
bool trips_on_seam(const MeshTriangle& t, const Mat3& rotation, Vec3 mesh_point, bool mesh_is_a,
                   const Patch& patch) {
    const Vec3 out = rotation * t.normal * (mesh_is_a ? 1.0 : -1.0);
    if (dot(patch.normal, out) > 0.9999) return false;
    for (int k = 0; k < 3; ++k) {
        if (t.active_edge[k]) continue;
        const Vec3 p = t.convex.vertices[k], q = t.convex.vertices[(k + 1) % 3];
        const Vec3 u = normalize(q - p);
        if (length(cross(u, mesh_point - p)) < 1e-6 + 1e-4 * length(q - p)) return true;
    }
    return false;
}

class TouchFinder {
public:
    explicit TouchFinder(Dynamics& d) : d_(d) {}

    void run() {
        std::vector<Touch> fresh;
        fresh.reserve(d_.touches.size() + 16);
        for (const PartPair& pair : d_.pairs) {
            const TouchKey& k = pair.key;
            if (!d_.active(k.a) && !d_.active(k.b)) continue;
            if (d_.bodies[k.a].hidden || d_.bodies[k.b].hidden) continue;
            find(k, fresh);
        }
        // Patches of sleepers stay as they were.
        std::vector<Touch> merged;
        merged.reserve(fresh.size() + d_.touches.size());
        size_t i = 0;
        for (const Touch& old : d_.touches) {
            if (d_.active(old.key.a) || d_.active(old.key.b)) continue;
            if (d_.bodies[old.key.a].hidden || d_.bodies[old.key.b].hidden) continue;
            while (i < fresh.size() && fresh[i].key < old.key) merged.push_back(fresh[i++]);
            merged.push_back(old);
        }
        while (i < fresh.size()) merged.push_back(fresh[i++]);
        d_.touches.swap(merged);
    }

private:
    const Touch* old_touch(const TouchKey& key) const {
        const auto at =
            std::lower_bound(d_.touches.begin(), d_.touches.end(), key,
                             [](const Touch& t, const TouchKey& k) { return t.key < k; });
        return at != d_.touches.end() && at->key == key ? &*at : nullptr;
    }

    double reach(const TouchKey& k) const {
        const double speed = surface_speed(d_, k.a) + surface_speed(d_, k.b);
        return 5e-4 + 1.5 * speed * d_.h();
    }

    void find(const TouchKey& key, std::vector<Touch>& out) {
        const CompiledPart& pa = d_.models[key.a].shape->parts[key.part_a];
        const CompiledPart& pb = d_.models[key.b].shape->parts[key.part_b];
        if (pa.mesh || pb.mesh) {
            find_mesh(key, pa, pb, out);
            return;
        }
        const Posed a = d_.posed(key.a, pa.convex), b = d_.posed(key.b, pb.convex);
        const Touch* old = old_touch(key);
        const RigidState &sa = d_.bodies[key.a], &sb = d_.bodies[key.b];
        if (old && !is_round(pa.convex) && !is_round(pb.convex) &&
            !moved_since(sa.x, sa.q, old->found_xa, old->found_qa, pa.convex.reach) &&
            !moved_since(sb.x, sb.q, old->found_xb, old->found_qb,
                         d_.models[key.b].motion == Motion::Static ? 0 : pb.convex.reach)) {
            out.push_back(*old);
            return;
        }
        Patch patch;
        const double limit = reach(key);
        if (!overlaps(grown(world_bounds(a), limit), world_bounds(b))) return;
        if (!collide(a, b, limit, patch) || patch.count == 0) return;
        Touch touch;
        store(d_, key, patch, touch);
        if (old) match_points(*old, touch);
        out.push_back(touch);
    }

    void find_mesh(const TouchKey& key, const CompiledPart& pa, const CompiledPart& pb,
                   std::vector<Touch>& out) {
        const bool mesh_is_a = pa.mesh != nullptr;
        const int mesh_body = mesh_is_a ? key.a : key.b, other = mesh_is_a ? key.b : key.a;
        const TriangleMesh& mesh = mesh_is_a ? *pa.mesh : *pb.mesh;
        const Convex& convex = mesh_is_a ? pb.convex : pa.convex;
        if (mesh_is_a ? pb.mesh != nullptr : false) return;  // meshes do not meet meshes
        const double limit = reach(key);
        const Posed ball = d_.posed(other, convex);
        const Mat3& r = d_.now[mesh_body].rotation;
        const base::Bounds box = world_bounds(ball);
        const base::Bounds local =
            moved_bounds(box, -r.transposed_times(d_.bodies[mesh_body].x), r.transposed());
        candidates_.clear();
        mesh.find(grown(local, limit), candidates_);
        for (int index : candidates_) {
            const MeshTriangle& t = mesh.triangles()[index];
            const Vec3 inner =
                r.transposed_times(ball.to_world(convex.centre) - d_.bodies[mesh_body].x);
            if (dot(t.normal, inner - t.convex.vertices[0]) < 0) continue;  // one-sided
            const Posed triangle = d_.posed(mesh_body, t.convex);
            Patch patch;
            const bool met = mesh_is_a ? collide(triangle, ball, limit, patch)
                                       : collide(ball, triangle, limit, patch);
            if (!met || patch.count == 0) continue;
            const Vec3 on_mesh = mesh_is_a ? patch.point[0].on_a : patch.point[0].on_b;
            const Vec3 local_point = r.transposed_times(on_mesh - d_.bodies[mesh_body].x);
            if (trips_on_seam(t, r, local_point, mesh_is_a, patch)) continue;
            Touch touch;
            TouchKey full = key;
            full.triangle = index;
            store(d_, full, patch, touch);
            if (const Touch* old = old_touch(full)) match_points(*old, touch);
            out.push_back(touch);
        }
    }

    static base::Bounds grown(base::Bounds box, double by) {
        box.low += Vec3{-by, -by, -by};
        box.high += Vec3{by, by, by};
        return box;
    }

    Dynamics& d_;
    std::vector<int> candidates_;
};

}  // namespace

void StaticTree::build(const Dynamics& d) {
    for (int i = 0; i < static_cast<int>(d.models.size()); ++i) {
        if (d.models[i].motion != Motion::Static || !d.models[i].solid) continue;
        const auto& parts = d.models[i].shape->parts;
        for (int p = 0; p < static_cast<int>(parts.size()); ++p) {
            items_.push_back(
                {moved_bounds(parts[p].bounds, d.bodies[i].x, d.now[i].rotation), i, p});
        }
    }
    if (!items_.empty()) split(0, static_cast<int>(items_.size()));
}

int StaticTree::split(int first, int count) {
    const int index = static_cast<int>(nodes_.size());
    nodes_.push_back({});
    base::Bounds box;
    for (int i = first; i < first + count; ++i) box.add(items_[i].box);
    nodes_[index].box = box;
    nodes_[index].first = first;
    nodes_[index].count = count;
    if (count <= 4) return index;
    const Vec3 size = box.size();
    const int axis = size.x > size.y ? (size.x > size.z ? 0 : 2) : (size.y > size.z ? 1 : 2);
    std::stable_sort(
        items_.begin() + first, items_.begin() + first + count,
        [&](const Item& a, const Item& b) { return a.box.centre()[axis] < b.box.centre()[axis]; });
    const int left = split(first, count / 2);
    const int right = split(first + count / 2, count - count / 2);
    nodes_[index].left = left;
    nodes_[index].right = right;
    return index;
}

void StaticTree::find(const base::Bounds& box, std::vector<const Item*>& out) const {
    if (nodes_.empty()) return;
    int stack[64];
    int top = 0;
    stack[top++] = 0;
    while (top > 0) {
        const Node& node = nodes_[stack[--top]];
        if (!overlaps(node.box, box)) continue;
        if (node.left >= 0) {
            stack[top++] = node.right;
            stack[top++] = node.left;
            continue;
        }
        for (int i = node.first; i < node.first + node.count; ++i) {
            if (overlaps(items_[i].box, box)) out.push_back(&items_[i]);
        }
    }
}

bool ignores(const Dynamics& d, int a, int b) {
    if (a == b) return true;
    if (!d.models[a].solid || !d.models[b].solid) return true;
    if (d.bodies[a].hidden || d.bodies[b].hidden) return true;
    const auto held_near = [&](int body, int limb) {
        // A figure does not kick what it holds, nor in the moment after letting go.
        const Body& m = d.scene.bodies[body];
        if (m.held_by_figure < 0 || d.models[limb].motion != Motion::Driven) return false;
        return d.bodies[body].held || d.time_s() < d.bodies[body].released_at + 0.25;
    };
    if (held_near(a, b) || held_near(b, a)) return true;
    const std::pair<int, int> key{std::min(a, b), std::max(a, b)};
    return std::binary_search(d.ignored_pairs.begin(), d.ignored_pairs.end(), key);
}

void find_pairs(Dynamics& d, const StaticTree& tree, double span_s) {
    d.pairs.clear();
    d.pairs_dirty = false;
    std::vector<Mover> movers;
    const int bodies = static_cast<int>(d.models.size());
    for (int i = 0; i < bodies; ++i) {
        d.speed_at_pairing[i] = surface_speed(d, i);
        const BodyModel& m = d.models[i];
        if (m.motion == Motion::Static || !m.solid || d.bodies[i].hidden) continue;
        for (int p = 0; p < static_cast<int>(m.shape->parts.size()); ++p) {
            movers.push_back({swept_bounds(d, i, p, span_s), i, p, d.active(i)});
        }
    }
    const auto add = [&](int a, int pa, int b, int pb) {
        if (!d.movable(a) && !d.movable(b)) return;
        if (ignores(d, a, b)) return;
        if (a > b) std::swap(a, b), std::swap(pa, pb);
        d.pairs.push_back({{a, b, pa, pb, -1}});
    };
    std::vector<const StaticTree::Item*> found;
    for (const Mover& m : movers) {
        if (!m.active) continue;
        found.clear();
        tree.find(m.box, found);
        for (const StaticTree::Item* item : found) add(m.body, m.part, item->body, item->part);
    }
    std::sort(movers.begin(), movers.end(), [](const Mover& a, const Mover& b) {
        return std::tie(a.box.low.x, a.body, a.part) < std::tie(b.box.low.x, b.body, b.part);
    });
    for (size_t i = 0; i < movers.size(); ++i) {
        for (size_t k = i + 1; k < movers.size() && movers[k].box.low.x <= movers[i].box.high.x;
             ++k) {
            if (!movers[i].active && !movers[k].active) continue;
            if (movers[i].body == movers[k].body) continue;
            if (!overlaps(movers[i].box, movers[k].box)) continue;
            add(movers[i].body, movers[i].part, movers[k].body, movers[k].part);
        }
    }
    std::sort(d.pairs.begin(), d.pairs.end(),
              [](const PartPair& a, const PartPair& b) { return a.key < b.key; });
}

bool pairs_are_stale(const Dynamics& d) {
    if (d.pairs_dirty) return true;
    for (size_t i = 0; i < d.bodies.size(); ++i) {
        if (d.bodies[i].hidden || d.models[i].motion == Motion::Static) continue;
        if (surface_speed(d, static_cast<int>(i)) > 1.5 * d.speed_at_pairing[i] + 0.5) return true;
    }
    return false;
}

void find_touches(Dynamics& d) { TouchFinder(d).run(); }

}  // namespace world::step
