#include "world/shapes/kit/blob.h"

#include <algorithm>
#include <cmath>

#include "base/core/check.h"

namespace world::kit {
namespace {

Quat turned(double pitch, double yaw, double roll) {
    const double d = kPi / 180;
    const Quat outward = Quat::from_axis_angle({0, 0, 1}, yaw * d) *
                         Quat::from_axis_angle({0, 1, 0}, pitch * d) *
                         Quat::from_axis_angle({1, 0, 0}, roll * d);
    return outward.conjugate();
}

double smooth_min(double a, double b, double k) {
    if (k <= 0) return std::min(a, b);
    const double h = std::max(k - std::abs(a - b), 0.0) / k;
    return std::min(a, b) - h * h * k * 0.25;
}

constexpr int kBlock = 8;
constexpr float kUnset = 1e30f;

}  // namespace

Blob::Piece& Blob::put(Piece piece, bool cut) {
    piece.blend = blend_;
    piece.mirrored = mirrored_;
    piece.group = group_;
    piece.cut = cut;
    pieces_.push_back(piece);
    return pieces_.back();
}

Blob& Blob::ball(Vec3 c, double r) { return bone(c, r, c, r); }
Blob& Blob::egg(Vec3 c, Vec3 r, double pitch, double yaw, double roll) {
    put({.kind = Kind::Ellipsoid, .a = c, .b = r, .turn = turned(pitch, yaw, roll)});
    return *this;
}
Blob& Blob::bone(Vec3 a, double ra, Vec3 b, double rb) {
    put({.kind = Kind::Bone, .a = a, .b = b, .ra = ra, .rb = rb});
    return *this;
}
Blob& Blob::chain(std::initializer_list<Knot> knots) { return chain(std::vector<Knot>(knots)); }
Blob& Blob::chain(const std::vector<Knot>& k) {
    for (size_t i = 0; i + 1 < k.size(); ++i) {
        bone(k[i].at, k[i].radius, k[i + 1].at, k[i + 1].radius);
    }
    return *this;
}
Blob& Blob::block(Vec3 c, Vec3 half, double rounding, double pitch, double yaw) {
    put({.kind = Kind::Block, .a = c, .b = half, .ra = rounding, .turn = turned(pitch, yaw, 0)});
    return *this;
}
Blob& Blob::cut_ball(Vec3 c, double r) { return cut_bone(c, r, c, r); }
Blob& Blob::cut_egg(Vec3 c, Vec3 r, double pitch, double yaw) {
    put({.kind = Kind::Ellipsoid, .a = c, .b = r, .turn = turned(pitch, yaw, 0)}, true);
    return *this;
}
Blob& Blob::cut_bone(Vec3 a, double ra, Vec3 b, double rb) {
    put({.kind = Kind::Bone, .a = a, .b = b, .ra = ra, .rb = rb}, true);
    return *this;
}
Blob& Blob::cut_below(double z) {
    put({.kind = Kind::Below, .a = {0, 0, z}}, true);
    return *this;
}

double Blob::distance_to(const Piece& s, Vec3 p) {
    if (s.mirrored) p.y = std::abs(p.y);
    switch (s.kind) {
        case Kind::Below: return p.z - s.a.z;
        case Kind::Ellipsoid: {
            const Vec3 q = s.turn.rotate(p - s.a);
            const double k0 = base::length(q / s.b), k1 = base::length(q / (s.b * s.b));
            if (k1 < 1e-12) return -std::min({s.b.x, s.b.y, s.b.z});
            return k0 * (k0 - 1) / k1;
        }
        case Kind::Block: {
            const Vec3 q = s.turn.rotate(p - s.a);
            const Vec3 d =
                Vec3{std::abs(q.x), std::abs(q.y), std::abs(q.z)} - s.b + Vec3{s.ra, s.ra, s.ra};
            return base::length(base::max(d, Vec3{})) + std::min(std::max({d.x, d.y, d.z}), 0.0) -
                   s.ra;
        }
        case Kind::Bone: {
            const Vec3 ba = s.b - s.a;
            const double l2 = base::length_squared(ba);
            const double rr = s.ra - s.rb;
            if (l2 <= rr * rr + 1e-18) {  // one ball swallows the other
                return s.ra > s.rb ? base::length(p - s.a) - s.ra : base::length(p - s.b) - s.rb;
            }
            const double a2 = l2 - rr * rr, il2 = 1 / l2;
            const Vec3 pa = p - s.a;
            const double y = base::dot(pa, ba), z = y - l2;
            const double x2 = base::length_squared(pa * l2 - ba * y);
            const double y2 = y * y * l2, z2 = z * z * l2;
            const double k = (rr > 0 ? 1 : rr < 0 ? -1 : 0) * rr * rr * x2;
            if ((z > 0 ? 1 : -1) * a2 * z2 > k) return std::sqrt(x2 + z2) * il2 - s.rb;
            if ((y > 0 ? 1 : -1) * a2 * y2 < k) return std::sqrt(x2 + y2) * il2 - s.ra;
            return (std::sqrt(x2 * a2 * il2) + y * rr) * il2 - s.ra;
        }
    }
    return 0;
}

double Blob::fold(const std::vector<const Piece*>& pieces, Vec3 p) {
    double d = 1e9;
    for (const Piece* s : pieces) {
        const double next = distance_to(*s, p);
        d = s->cut ? -smooth_min(-d, next, s->blend) : smooth_min(d, next, s->blend);
    }
    return d;
}

std::vector<const Blob::Piece*> Blob::all() const {
    std::vector<const Piece*> out;
    for (const Piece& s : pieces_) out.push_back(&s);
    return out;
}

double Blob::distance(Vec3 p) const { return fold(all(), p); }

int Blob::group_at(Vec3 p) const {
    double best = 1e300;
    int group = 0;
    for (const Piece& s : pieces_) {
        if (s.cut) continue;
        const double d = distance_to(s, p);
        if (d < best) {
            best = d;
            // A mirrored group whose pieces stand apart has a left and a right.
            const bool apart = s.mirrored && std::abs(s.a.y) > 0;
            group = 2 * s.group + (apart && p.y < 0 ? 1 : 0);
        }
    }
    return group;
}

Vec3 Blob::on_surface(Vec3 from, Vec3 direction) const {
    const std::vector<const Piece*> pieces = all();
    const Vec3 step = base::normalize(direction);
    Vec3 p = from;
    for (int i = 0; i < 200; ++i) {
        const double d = fold(pieces, p);
        if (std::abs(d) < 1e-7) break;
        p += step * (0.7 * d);
    }
    return p;
}

Mesh Blob::mesh(int cells) const {
    const std::vector<const Piece*> pieces = all();
    Bounds extent;
    double widest_blend = 0;
    for (const Piece& s : pieces_) {
        widest_blend = std::max(widest_blend, s.blend);
        if (s.cut) continue;
        const auto add = [&](Vec3 c, double r) {
            for (const double side : {1.0, s.mirrored ? -1.0 : 1.0}) {
                extent.add(Vec3{c.x - r, side * c.y - r, c.z - r});
                extent.add(Vec3{c.x + r, side * c.y + r, c.z + r});
            }
        };
        if (s.kind == Kind::Bone) {
            add(s.a, s.ra);
            add(s.b, s.rb);
        } else {
            // Exact box of a turned ellipsoid; a turned block's diagonal is a little generous.
            const Quat outward = s.turn.conjugate();
            const Vec3 ax = outward.rotate({s.b.x, 0, 0}), ay = outward.rotate({0, s.b.y, 0}),
                       az = outward.rotate({0, 0, s.b.z});
            Vec3 half;
            for (int k = 0; k < 3; ++k) {
                half[k] = s.kind == Kind::Ellipsoid
                              ? std::sqrt(ax[k] * ax[k] + ay[k] * ay[k] + az[k] * az[k])
                              : std::abs(ax[k]) + std::abs(ay[k]) + std::abs(az[k]);
            }
            for (const double side : {1.0, s.mirrored ? -1.0 : 1.0}) {
                const Vec3 c{s.a.x, side * s.a.y, s.a.z};
                extent.add(c - half);
                extent.add(c + half);
            }
        }
    }
    const Vec3 size = extent.size();
    const double h = std::max({size.x, size.y, size.z}) / cells;
    const Vec3 low = extent.low - Vec3{2 * h, 2 * h, 2 * h} - Vec3{1, 1, 1} * (widest_blend * 0.25);
    int blocks[3], nodes[3];
    for (int k = 0; k < 3; ++k) {
        blocks[k] = static_cast<int>(
            std::ceil((extent.high[k] + widest_blend * 0.25 + 2 * h - low[k]) / (h * kBlock)));
        nodes[k] = blocks[k] * kBlock + 1;
    }
    const auto node = [&](int i, int j, int k) {
        return (static_cast<size_t>(k) * nodes[1] + j) * nodes[0] + i;
    };
    const auto place = [&](double i, double j, double k) { return low + Vec3{i, j, k} * h; };
    std::vector<float> value(static_cast<size_t>(nodes[0]) * nodes[1] * nodes[2], kUnset);
    std::vector<int32_t> vertex(value.size(), -1);  // of the cell above its low node

    // Values only near the surface, with only the pieces that reach there.
    struct Active {
        int i, j, k;
        std::vector<const Piece*> near;
    };
    std::vector<Active> active;
    const double radius = 0.5 * kBlock * h * std::sqrt(3.0);
    for (int bk = 0; bk < blocks[2]; ++bk) {
        for (int bj = 0; bj < blocks[1]; ++bj) {
            for (int bi = 0; bi < blocks[0]; ++bi) {
                const Vec3 c = place((bi + 0.5) * kBlock, (bj + 0.5) * kBlock, (bk + 0.5) * kBlock);
                if (std::abs(fold(pieces, c)) > 1.6 * radius + widest_blend * 0.25) continue;
                Active a{bi * kBlock, bj * kBlock, bk * kBlock, {}};
                for (const Piece* s : pieces) {
                    if (distance_to(*s, c) < 3 * radius + s->blend) a.near.push_back(s);
                }
                for (int k = a.k; k <= a.k + kBlock; ++k) {
                    for (int j = a.j; j <= a.j + kBlock; ++j) {
                        for (int i = a.i; i <= a.i + kBlock; ++i) {
                            float& v = value[node(i, j, k)];
                            if (v == kUnset) v = static_cast<float>(fold(a.near, place(i, j, k)));
                        }
                    }
                }
                active.push_back(std::move(a));
            }
        }
    }
    Mesh mesh;
    for (const Active& a : active) {
        const auto gradient = [&](Vec3 p) {
            const double e = 0.05 * h;
            return base::normalize(
                Vec3{fold(a.near, p + Vec3{e, 0, 0}) - fold(a.near, p - Vec3{e, 0, 0}),
                     fold(a.near, p + Vec3{0, e, 0}) - fold(a.near, p - Vec3{0, e, 0}),
                     fold(a.near, p + Vec3{0, 0, e}) - fold(a.near, p - Vec3{0, 0, e})});
        };
        for (int k = a.k; k < a.k + kBlock; ++k) {
            for (int j = a.j; j < a.j + kBlock; ++j) {
                for (int i = a.i; i < a.i + kBlock; ++i) {
                    float corner[8];
                    int inside = 0;
                    for (int c = 0; c < 8; ++c) {
                        corner[c] = value[node(i + (c & 1), j + ((c >> 1) & 1), k + (c >> 2))];
                        inside += corner[c] < 0;
                    }
                    if (inside == 0 || inside == 8) continue;
                    Vec3 sum;
                    int count = 0;
                    for (int axis = 0; axis < 3; ++axis) {
                        for (int c = 0; c < 8; ++c) {
                            if (c >> axis & 1) continue;
                            const double f = corner[c], g = corner[c | 1 << axis];
                            if ((f < 0) == (g < 0)) continue;
                            Vec3 p{double(c & 1), double(c >> 1 & 1), double(c >> 2)};
                            p[axis] = f / (f - g);
                            sum += p;
                            ++count;
                        }
                    }
                    Vec3 p = place(i, j, k) + sum * (h / count);
                    const Vec3 start = p;
                    for (int step = 0; step < 2; ++step) {
                        const double d = fold(a.near, p);
                        p -= gradient(p) * std::clamp(d, -0.5 * h, 0.5 * h);
                    }
                    if (base::length(p - start) > h) p = start;
                    vertex[node(i, j, k)] = static_cast<int32_t>(mesh.vertex(p, gradient(p)));
                }
            }
        }
    }
    for (int axis = 0; axis < 3; ++axis) {
        const int u = (axis + 1) % 3, v = (axis + 2) % 3;
        const size_t stride[3] = {1, static_cast<size_t>(nodes[0]),
                                  static_cast<size_t>(nodes[0]) * nodes[1]};
        for (const Active& a : active) {
            for (int k = a.k; k < a.k + kBlock; ++k) {
                for (int j = a.j; j < a.j + kBlock; ++j) {
                    for (int i = a.i; i < a.i + kBlock; ++i) {
                        const int at[3] = {i, j, k};
                        if (at[u] == 0 || at[v] == 0) continue;
                        const size_t n = node(i, j, k);
                        const float f = value[n], g = value[n + stride[axis]];
                        if ((f < 0) == (g < 0)) continue;
                        const int32_t q[4] = {vertex[n - stride[u] - stride[v]],
                                              vertex[n - stride[v]], vertex[n],
                                              vertex[n - stride[u]]};
                        if (q[0] < 0 || q[1] < 0 || q[2] < 0 || q[3] < 0) continue;
                        const auto c = [&](int m) { return static_cast<uint32_t>(q[m]); };
                        f < 0 ? mesh.quad(c(0), c(1), c(2), c(3))
                              : mesh.quad(c(3), c(2), c(1), c(0));
                    }
                }
            }
        }
    }
    return mesh;
}

}  // namespace world::kit
