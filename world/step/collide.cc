#include "world/step/collide.h"

#include "world/step/gjk.h"

namespace world::step {

namespace {

void single(const Gap& gap, Patch& out) {
    out.normal = gap.normal;
    out.count = 1;
    out.point[0] = {gap.on_a, gap.on_b, gap.separation};
}

bool ball_ball(const Posed& a, const Posed& b, double reach, Gap& out) {
    const Vec3 ca = a.to_world(a.shape->centre), cb = b.to_world(b.shape->centre);
    const Vec3 d = cb - ca;
    const double l = length(d);
    out.separation = l - a.shape->radius - b.shape->radius;
    if (out.separation > reach) return false;
    out.normal = l > 1e-12 ? d / l : Vec3{0, 0, 1};
    out.on_a = ca + out.normal * a.shape->radius;
    out.on_b = cb - out.normal * b.shape->radius;
    return true;
}

// Normal from the ball (B) is -out.normal: out is for A = box, B = ball.
bool box_ball(const Posed& box, const Posed& ball, double reach, Gap& out) {
    const Convex& s = *box.shape;
    const Vec3 centre = ball.to_world(ball.shape->centre);
    const Vec3 l = s.axes.transposed_times(box.to_local(centre) - s.centre);
    const Vec3 nearest = max(-s.half, min(s.half, l));
    const Vec3 d = l - nearest;
    const double distance = length(d);
    Vec3 n, foot = nearest;
    double gap = distance;
    if (distance > 1e-12) {
        n = d / distance;
    } else {  // centre inside: leave through the nearest face
        int axis = 0;
        double least = -1;
        for (int i = 0; i < 3; ++i) {
            const double depth = s.half[i] - std::abs(l[i]);
            if (least < 0 || depth < least) least = depth, axis = i;
        }
        n[axis] = l[axis] >= 0 ? 1 : -1;
        foot[axis] = n[axis] * s.half[axis];
        gap = -least;
    }
    out.separation = gap - ball.shape->radius;
    if (out.separation > reach) return false;
    out.normal = box.rotation * (s.axes * n);
    out.on_a = box.to_world(s.centre + s.axes * foot);
    out.on_b = centre - out.normal * ball.shape->radius;
    return true;
}

struct BoxFrame {
    Vec3 centre;
    Vec3 axis[3];
    Vec3 half;
    explicit BoxFrame(const Posed& p) : centre(p.to_world(p.shape->centre)), half(p.shape->half) {
        for (int i = 0; i < 3; ++i) axis[i] = p.rotation * p.shape->axes.column(i);
    }
    double extent(Vec3 d) const {
        return half.x * std::abs(dot(axis[0], d)) + half.y * std::abs(dot(axis[1], d)) +
               half.z * std::abs(dot(axis[2], d));
    }
    Vec3 corner(Vec3 d) const {
        Vec3 p = centre;
        for (int i = 0; i < 3; ++i) p += axis[i] * (dot(axis[i], d) >= 0 ? half[i] : -half[i]);
        return p;
    }
};

void closest_on_lines(Vec3 p, Vec3 u, Vec3 q, Vec3 w, Vec3& on_p, Vec3& on_q) {
    const Vec3 r = p - q;
    const double b = dot(u, w), d = dot(u, r), e = dot(w, r);
    const double m = 1 - b * b;
    on_p = p + u * ((b * e - d) / m);
    on_q = q + w * ((e - b * d) / m);
}

// Least penetration (or largest separation) over the 15 axes of two boxes. `edges` tells whether
// two edges met; then the witnesses are set. Faces are preferred unless edges are clearly better.
bool box_box(const Posed& pa, const Posed& pb, double reach, Gap& out, bool& edges) {
    const BoxFrame a(pa), b(pb);
    const Vec3 d = b.centre - a.centre;
    double best = -std::numeric_limits<double>::max();
    Vec3 normal;
    const auto test = [&](Vec3 axis) {
        const double along = dot(axis, d);
        const double s = std::abs(along) - a.extent(axis) - b.extent(axis);
        if (s > best) best = s, normal = along >= 0 ? axis : -axis;
        return s <= reach;
    };
    for (int i = 0; i < 3; ++i) {
        if (!test(a.axis[i]) || !test(b.axis[i])) return false;
    }
    const double face = best;
    edges = false;
    double edge_best = -std::numeric_limits<double>::max();
    int edge_a = 0, edge_b = 0;
    Vec3 edge_normal;
    for (int i = 0; i < 3; ++i) {
        for (int j = 0; j < 3; ++j) {
            Vec3 axis = cross(a.axis[i], b.axis[j]);
            const double l = length(axis);
            if (l < 1e-3) continue;
            axis = axis / l;
            const double along = dot(axis, d);
            const double s = std::abs(along) - a.extent(axis) - b.extent(axis);
            if (s > reach) return false;
            if (s > edge_best) {
                edge_best = s;
                edge_normal = along >= 0 ? axis : -axis;
                edge_a = i, edge_b = j;
            }
        }
    }
    out.separation = face;
    out.normal = normal;
    const double slack =
        0.02 * std::min({a.half.x, a.half.y, a.half.z, b.half.x, b.half.y, b.half.z});
    if (edge_best > face + slack) {
        edges = true;
        out.separation = edge_best;
        out.normal = edge_normal;
        const Vec3 p = a.corner(edge_normal), q = b.corner(-edge_normal);
        closest_on_lines(p, a.axis[edge_a], q, b.axis[edge_b], out.on_a, out.on_b);
    }
    return true;
}

Feature to_world(const Posed& posed, Feature f) {
    for (int i = 0; i < f.count; ++i) f.point[i] = posed.to_world(f.point[i]);
    f.normal = posed.rotation * f.normal;
    return f;
}

// Keeps of polygon or edge `f` what lies inside the side planes of `frame` along `n`.
int clip(const Feature& frame, Vec3 n, const Feature& f, Vec3* out) {
    constexpr int kRoom = 2 * Feature::kMost + 4;
    Vec3 buffer[2][kRoom];
    int count = f.count, now = 0;
    for (int i = 0; i < count; ++i) buffer[0][i] = f.point[i];
    for (int i = 0; i < frame.count && count > 0; ++i) {
        const Vec3 p = frame.point[i], q = frame.point[(i + 1) % frame.count];
        const Vec3 outward = cross(q - p, n);
        const double least = 1e-9 * length(outward);
        const Vec3* in = buffer[now];
        Vec3* to = buffer[1 - now];
        int kept = 0;
        const int edges = count == 2 ? 1 : count;
        if (count == 2) {
            const double d0 = dot(outward, in[0] - p), d1 = dot(outward, in[1] - p);
            if (d0 <= least) to[kept++] = in[0];
            if ((d0 > least) != (d1 > least))
                to[kept++] = in[0] + (in[1] - in[0]) * (d0 / (d0 - d1));
            if (d1 <= least) to[kept++] = in[1];
        } else {
            for (int k = 0; k < edges && kept < kRoom - 2; ++k) {
                const Vec3 s = in[k], e = in[(k + 1) % count];
                const double ds = dot(outward, s - p), de = dot(outward, e - p);
                if (ds <= least) to[kept++] = s;
                if ((ds > least) != (de > least)) to[kept++] = s + (e - s) * (ds / (ds - de));
            }
        }
        count = kept;
        now = 1 - now;
    }
    for (int i = 0; i < count; ++i) out[i] = buffer[now][i];
    return count;
}

// Four of many: the deepest, the farthest from it, then the two that span the most area.
void keep_four(PatchPoint* p, int count, Vec3 normal, Patch& out) {
    if (count <= Patch::kMost) {
        out.count = count;
        for (int i = 0; i < count; ++i) out.point[i] = p[i];
        return;
    }
    int pick[4] = {0, 0, 0, 0};
    for (int i = 1; i < count; ++i) {
        if (p[i].separation < p[pick[0]].separation - 1e-9) pick[0] = i;
    }
    double most = -1;
    for (int i = 0; i < count; ++i) {
        const double d = length_squared(p[i].on_a - p[pick[0]].on_a);
        if (d > most) most = d, pick[1] = i;
    }
    const Vec3 base = p[pick[1]].on_a - p[pick[0]].on_a;
    double low = 0, high = 0;
    pick[2] = pick[3] = -1;
    for (int i = 0; i < count; ++i) {
        const double area = dot(normal, cross(base, p[i].on_a - p[pick[0]].on_a));
        if (area > high) high = area, pick[2] = i;
        if (area < low) low = area, pick[3] = i;
    }
    out.count = 0;
    for (int index : pick) {
        if (index >= 0) out.point[out.count++] = p[index];
    }
}

// True when the gap's normal and the facing features make a patch of two or more points.
bool clip_features(const Posed& a, const Posed& b, const Gap& gap, double reach, Patch& out) {
    const Vec3 n = gap.normal;
    const Feature fa = to_world(a, supporting_feature(*a.shape, a.rotation.transposed_times(n)));
    const Feature fb = to_world(b, supporting_feature(*b.shape, b.rotation.transposed_times(-n)));
    if (fa.count < 2 || fb.count < 2) return false;
    const double align_a = fa.count > 2 ? dot(fa.normal, n) : 0;
    const double align_b = fb.count > 2 ? -dot(fb.normal, n) : 0;
    if (std::max(align_a, align_b) < 0.97) return false;  // edge on edge, or a corner: one point
    const bool a_is_frame = align_a >= align_b - 1e-4;
    const Feature& frame = a_is_frame ? fa : fb;
    const Feature& other = a_is_frame ? fb : fa;
    const double frame_radius = a_is_frame ? a.shape->radius : b.shape->radius;
    const double other_radius = a_is_frame ? b.shape->radius : a.shape->radius;
    Vec3 clipped[2 * Feature::kMost + 4];
    const int count = clip(frame, frame.normal, other, clipped);
    PatchPoint found[2 * Feature::kMost + 4];
    int kept = 0;
    double deepest = reach;
    for (int i = 0; i < count; ++i) {
        const double height = dot(frame.normal, clipped[i] - frame.point[0]);
        const double s = height - frame_radius - other_radius;
        if (s > reach) continue;
        const Vec3 foot = clipped[i] - frame.normal * height + frame.normal * frame_radius;
        const Vec3 tip = clipped[i] - frame.normal * other_radius;
        found[kept++] = a_is_frame ? PatchPoint{foot, tip, s} : PatchPoint{tip, foot, s};
        deepest = std::min(deepest, s);
    }
    const double slack = 1e-4 + 0.05 * std::abs(gap.separation);
    if (kept < 2 || deepest > gap.separation + slack) return false;
    out.normal = a_is_frame ? frame.normal : -frame.normal;
    keep_four(found, kept, out.normal, out);
    return true;
}

}  // namespace

bool collide(const Posed& a, const Posed& b, double reach, Patch& out) {
    using enum CollisionKind;
    const CollisionKind ka = a.shape->kind, kb = b.shape->kind;
    Gap gap;
    if (ka == Sphere && kb == Sphere) {
        if (!ball_ball(a, b, reach, gap)) return false;
        single(gap, out);
        return true;
    }
    if (ka == Box && kb == Sphere) {
        if (!box_ball(a, b, reach, gap)) return false;
        single(gap, out);
        return true;
    }
    if (ka == Sphere && kb == Box) {
        if (!box_ball(b, a, reach, gap)) return false;
        std::swap(gap.on_a, gap.on_b);
        gap.normal = -gap.normal;
        single(gap, out);
        return true;
    }
    if (ka == Box && kb == Box) {
        bool edges = false;
        if (!box_box(a, b, reach, gap, edges)) return false;
        if (edges) {
            single(gap, out);
            return true;
        }
        if (clip_features(a, b, gap, reach, out)) return true;
        // Corner near a corner: the axis test only bounds the distance, ask for the true one.
    }
    if (!closest_features(a, b, reach, gap)) return false;
    if (clip_features(a, b, gap, reach, out)) return true;
    single(gap, out);
    return true;
}

}  // namespace world::step
