#include "world/step/cloth.h"

#include "world/step/sleeping.h"

namespace world::step {

namespace {

constexpr double kThickness = 0.004;                            // m kept between cloth and bodies
constexpr double kStretch = 1e-8, kShear = 1e-5, kBend = 2e-3;  // compliances, m/N (cotton-like)
constexpr double kDamping = 0.4;                                // 1/s, inner friction of the weave
constexpr double kFriction = 0.4;

Vec3 push_out_of_box(Vec3 l, Vec3 half, double& distance) {
    const Vec3 q{std::abs(l.x) - half.x, std::abs(l.y) - half.y, std::abs(l.z) - half.z};
    const Vec3 outside = max(q, Vec3{});
    const double far = length(outside);
    const auto sign = [](double v) { return v >= 0 ? 1.0 : -1.0; };
    if (far > 0) {
        distance = far;
        return Vec3{sign(l.x) * outside.x, sign(l.y) * outside.y, sign(l.z) * outside.z} / far;
    }
    const int axis = q.x > q.y ? (q.x > q.z ? 0 : 2) : (q.y > q.z ? 1 : 2);
    distance = q[axis];
    Vec3 n;
    n[axis] = sign(l[axis]);
    return n;
}

}  // namespace

double distance_to(const Convex& shape, Vec3 point, Vec3& normal) {
    const Vec3 l = shape.axes.transposed_times(point - shape.centre);
    const Vec3 h = shape.half;
    double distance = 0;
    Vec3 n{0, 0, 1};
    switch (shape.kind) {
        case CollisionKind::Sphere:
        case CollisionKind::Capsule: {
            const double z = shape.kind == CollisionKind::Sphere ? 0 : std::clamp(l.z, -h.z, h.z);
            const Vec3 d = l - Vec3{0, 0, z};
            const double far = length(d);
            if (far > 1e-12) n = d / far;
            distance = far - h.x;
            break;
        }
        case CollisionKind::Box: n = push_out_of_box(l, h, distance); break;
        case CollisionKind::Cylinder: {
            const double flat = std::hypot(l.x, l.y);
            const Vec3 side = flat > 1e-12 ? Vec3{l.x / flat, l.y / flat, 0} : Vec3{1, 0, 0};
            const Vec3 q = push_out_of_box({flat, 0, l.z}, {h.x, 1e9, h.z}, distance);
            n = side * q.x + Vec3{0, 0, q.z};
            break;
        }
        case CollisionKind::Cone: {
            const double flat = std::hypot(l.x, l.y), slant = std::hypot(h.x, 2 * h.z);
            const Vec3 side = flat > 1e-12 ? Vec3{l.x / flat, l.y / flat, 0} : Vec3{1, 0, 0};
            const double to_side = (flat * 2 * h.z + (l.z - h.z) * h.x) / slant;
            const double to_base = -h.z - l.z;
            distance = std::max(to_side, to_base);
            n = to_side > to_base ? side * (2 * h.z / slant) + Vec3{0, 0, h.x / slant}
                                  : Vec3{0, 0, -1};
            break;
        }
        default: {
            distance = -1e9;
            for (const ConvexFace& face : shape.faces) {
                const double s = dot(face.normal, point) - face.offset;
                if (s > distance) distance = s, normal = face.normal;
            }
            return distance;
        }
    }
    normal = shape.axes * n;
    return distance;
}

Cloths::Cloths(const Scene& scene) {
    for (int c = 0; c < static_cast<int>(scene.cloths.size()); ++c) {
        const Cloth& cloth = scene.cloths[c];
        Sheet s;
        s.index = c;
        s.columns = std::max(cloth.columns, 2);
        s.rows = std::max(cloth.rows, 2);
        const double dx = cloth.width_m / (s.columns - 1), dy = cloth.height_m / (s.rows - 1);
        const int count = s.columns * s.rows;
        s.mass = std::max(cloth.area_density_kgpm2 * cloth.width_m * cloth.height_m / count, 1e-6);
        for (int r = 0; r < s.rows; ++r) {
            for (int k = 0; k < s.columns; ++k)
                s.x.push_back(cloth.pose.apply({k * dx, r * dy, 0}));
        }
        s.before = s.x;
        s.v.assign(count, {});
        s.inverse_mass.assign(count, 1 / s.mass);
        for (const auto& [column, row] : cloth.pinned) {
            if (column < 0 || row < 0 || column >= s.columns || row >= s.rows) continue;
            s.pins.push_back(row * s.columns + column);
            s.inverse_mass[s.pins.back()] = 0;
        }
        make_links(s);
        sheets_.push_back(std::move(s));
    }
}

void Cloths::make_links(Sheet& s) const {
    const auto add = [&](int c0, int r0, int c1, int r1, double compliance) {
        if (c1 < 0 || c1 >= s.columns || r1 >= s.rows) return;
        const int a = r0 * s.columns + c0, b = r1 * s.columns + c1;
        s.links.push_back({a, b, length(s.x[a] - s.x[b]), compliance});
    };
    for (int r = 0; r < s.rows; ++r) {
        for (int c = 0; c < s.columns; ++c) {
            add(c, r, c + 1, r, kStretch);
            add(c, r, c, r + 1, kStretch);
            add(c, r, c + 1, r + 1, kShear);
            add(c, r, c - 1, r + 1, kShear);
            add(c, r, c + 2, r, kBend);
            add(c, r, c, r + 2, kBend);
        }
    }
}

// Drag of each cell along its normal; gusts of a third of the wind drift across the sheet.
void Cloths::blow(const Dynamics& d, Sheet& s, double dt) const {
    const double rho = d.scene.air_density_kgpm3;
    if (rho <= 0) return;
    const double t = d.time_s();
    for (int r = 0; r + 1 < s.rows; ++r) {
        for (int c = 0; c + 1 < s.columns; ++c) {
            const int i[4] = {r * s.columns + c, r * s.columns + c + 1, (r + 1) * s.columns + c,
                              (r + 1) * s.columns + c + 1};
            const Vec3 n2 = cross(s.x[i[3]] - s.x[i[0]], s.x[i[2]] - s.x[i[1]]);
            const double twice = length(n2);
            if (twice <= 0) continue;
            const Vec3 n = n2 / twice;
            const Vec3 v = (s.v[i[0]] + s.v[i[1]] + s.v[i[2]] + s.v[i[3]]) * 0.25;
            const Vec3 p = s.x[i[0]];
            const double gust = 1 + 0.33 * std::sin(2.1 * t - 1.7 * p.x - 1.3 * p.z + p.y) +
                                0.2 * std::sin(5.3 * t + 4.1 * p.y - 3.1 * p.z);
            const double u = dot(d.scene.wind_mps * gust - v, n);
            const double k = 0.5 * rho * 1.2 * (twice / 2) * std::abs(u) * dt / (4 * s.mass);
            for (int corner : i) {
                if (s.inverse_mass[corner] > 0) s.v[corner] += n * (u * k / (1 + k));
            }
        }
    }
}

void Cloths::meet_bodies(Dynamics& d, Sheet& s, double dt) const {
    base::Bounds box;
    for (const Vec3& p : s.x) box.add(p);
    box.low += Vec3{-kThickness, -kThickness, -kThickness};
    box.high += Vec3{kThickness, kThickness, kThickness};
    for (int body = 0; body < static_cast<int>(d.models.size()); ++body) {
        if (d.bodies[body].hidden || !d.models[body].solid) continue;
        for (const CompiledPart& part : d.models[body].shape->parts) {
            if (part.mesh) continue;
            const Posed posed = d.posed(body, part.convex);
            const base::Bounds bounds = world_bounds(posed);
            if (!overlaps(bounds, box)) continue;
            for (size_t i = 0; i < s.x.size(); ++i) {
                if (s.inverse_mass[i] == 0) continue;
                const Vec3 p = s.x[i];
                if (p.x < bounds.low.x - kThickness || p.x > bounds.high.x + kThickness ||
                    p.y < bounds.low.y - kThickness || p.y > bounds.high.y + kThickness ||
                    p.z < bounds.low.z - kThickness || p.z > bounds.high.z + kThickness) {
                    continue;
                }
                Vec3 n;
                const double depth = kThickness - distance_to(part.convex, posed.to_local(p), n);
                if (depth <= 0) continue;
                n = posed.rotation * n;
                RigidState& rigid = d.bodies[body];
                const Vec3 arm = p - rigid.x;
                const Vec3 turn = cross(arm, n);
                const bool sleeps = d.movable(body) && !rigid.awake;
                const double wb = sleeps ? 0
                                         : d.now[body].inverse_mass +
                                               dot(turn, d.now[body].inverse_inertia * turn);
                const double share = s.inverse_mass[i] / (s.inverse_mass[i] + wb);
                s.x[i] += n * (depth * share);
                // Friction takes slip up to mu times the push.
                const Vec3 slip = (s.x[i] - s.before[i]) - d.velocity_at(body, arm) * dt;
                const Vec3 across = slip - n * dot(slip, n);
                const double far = length(across);
                const Vec3 grip =
                    far > 0 ? across * std::min(1.0, kFriction * depth / far) : Vec3{};
                s.x[i] -= grip;
                const Vec3 impulse = (n * (depth * share) - grip) * (s.mass / dt);
                if (sleeps) {
                    if (length(impulse) > 0.02 * d.models[body].mass * dt * 9.8) {
                        wake_island(d, body);
                    }
                    continue;
                }
                rigid.v -= impulse * d.now[body].inverse_mass;
                rigid.w -= d.now[body].inverse_inertia * cross(arm, impulse);
            }
        }
    }
}

void Cloths::move(Dynamics& d, double dt) {
    for (Sheet& s : sheets_) {
        const Cloth& cloth = d.scene.cloths[s.index];
        if (!s.released && cloth.release_s && d.time_s() >= *cloth.release_s) {
            s.released = true;
            for (int pin : s.pins) s.inverse_mass[pin] = 1 / s.mass;
        }
        blow(d, s, dt);
        const double keep = std::exp(-kDamping * dt);
        for (size_t i = 0; i < s.x.size(); ++i) {
            s.before[i] = s.x[i];
            if (s.inverse_mass[i] == 0) continue;
            s.v[i] = (s.v[i] + d.scene.gravity_mps2 * dt) * keep;
            s.x[i] += s.v[i] * dt;
        }
        for (const Link& link : s.links) {
            const double wa = s.inverse_mass[link.a], wb = s.inverse_mass[link.b];
            if (wa + wb == 0) continue;
            const Vec3 diff = s.x[link.b] - s.x[link.a];
            const double l = length(diff);
            if (l == 0) continue;
            const double lambda = (l - link.rest) / (wa + wb + link.compliance / (dt * dt));
            const Vec3 mend = diff * (lambda / l);
            s.x[link.a] += mend * wa;
            s.x[link.b] -= mend * wb;
        }
        meet_bodies(d, s, dt);
        for (size_t i = 0; i < s.x.size(); ++i) s.v[i] = (s.x[i] - s.before[i]) / dt;
    }
}

void Cloths::write(Snapshot& out) const {
    for (const Sheet& s : sheets_) {
        SoftState state;
        state.kind = SoftState::Kind::Cloth;
        state.index = s.index;
        state.vertices.reserve(s.x.size());
        for (const Vec3& p : s.x) state.vertices.push_back(p.cast<float>());
        out.soft.push_back(std::move(state));
    }
}

void Cloths::save(StateWriter& out) const {
    for (const Sheet& s : sheets_) {
        out.put(s.x), out.put(s.before), out.put(s.v), out.put(s.inverse_mass), out.put(s.released);
    }
}

void Cloths::restore(StateReader& in) {
    for (Sheet& s : sheets_) {
        in.get(s.x), in.get(s.before), in.get(s.v), in.get(s.inverse_mass), in.get(s.released);
    }
}

}  // namespace world::step
