#include "render/figure/surface.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace render {

void Surface::append(const Surface& other) {
    const auto first = static_cast<uint32_t>(p.size());
    if (!other.tint.empty() || !tint.empty()) {
        tint.resize(p.size(), {1, 1, 1});
        std::vector<Vec3f> more = other.tint;
        more.resize(other.p.size(), {1, 1, 1});
        tint.insert(tint.end(), more.begin(), more.end());
    }
    p.insert(p.end(), other.p.begin(), other.p.end());
    n.insert(n.end(), other.n.begin(), other.n.end());
    for (const auto& t : other.tri) tri.push_back({t[0] + first, t[1] + first, t[2] + first});
}

std::vector<float> grid_axis(float low, float high, const std::function<float(float)>& step) {
    std::vector<float> knots{low};
    while (knots.back() < high) knots.push_back(knots.back() + step(knots.back()));
    return knots;
}

Vec3f field_gradient(const Field& field, Vec3f p, float h) {
    // Tetrahedron of four samples (Quilez, "normals for an SDF").
    const Vec3f a{1, -1, -1}, b{-1, -1, 1}, c{-1, 1, -1}, d{1, 1, 1};
    return (a * field(p + a * h) + b * field(p + b * h) + c * field(p + c * h) +
            d * field(p + d * h)) /
           (4 * h);
}

Vec3f project(const Field& field, Vec3f p, int steps) {
    for (int i = 0; i < steps; ++i) {
        const float d = field(p);
        if (std::abs(d) < 2e-5f) break;
        const Vec3f g = field_gradient(field, p);
        const float g2 = std::max(base::length_squared(g), 0.05f);
        Vec3f move = g * (-d / g2);
        const float l = base::length(move);
        if (l > 0.02f) move *= 0.02f / l;
        p += move;
    }
    return p;
}

Surface mesh_field(const Field& field, const std::vector<float>& xs, const std::vector<float>& ys,
                   const std::vector<float>& zs, int rounds) {
    const int nx = static_cast<int>(xs.size()), ny = static_cast<int>(ys.size()),
              nz = static_cast<int>(zs.size());
    const auto index = [&](int x, int y, int z) {
        return (static_cast<size_t>(z) * static_cast<size_t>(ny) + static_cast<size_t>(y)) *
                   static_cast<size_t>(nx) +
               static_cast<size_t>(x);
    };
    std::vector<float> value(index(0, 0, nz), 1e9f);
    // Only blocks near the surface are sampled; 1e9 / -1e9 elsewhere never meets the surface.
    constexpr int kBlock = 5;
    for (int bz = 0; bz < nz - 1; bz += kBlock)
        for (int by = 0; by < ny - 1; by += kBlock)
            for (int bx = 0; bx < nx - 1; bx += kBlock) {
                const int ex = std::min(bx + kBlock, nx - 1), ey = std::min(by + kBlock, ny - 1),
                          ez = std::min(bz + kBlock, nz - 1);
                const Vec3f low{xs[static_cast<size_t>(bx)], ys[static_cast<size_t>(by)],
                                zs[static_cast<size_t>(bz)]};
                const Vec3f high{xs[static_cast<size_t>(ex)], ys[static_cast<size_t>(ey)],
                                 zs[static_cast<size_t>(ez)]};
                const float d = field((low + high) * 0.5f);
                if (std::abs(d) > 0.75f * base::length(high - low) + 0.004f) continue;
                for (int z = bz; z <= ez; ++z)
                    for (int y = by; y <= ey; ++y)
                        for (int x = bx; x <= ex; ++x) {
                            float& v = value[index(x, y, z)];
                            if (v < 1e8f) continue;
                            v = field({xs[static_cast<size_t>(x)], ys[static_cast<size_t>(y)],
                                       zs[static_cast<size_t>(z)]});
                        }
            }
    Surface out;
    std::vector<uint32_t> cell(value.size(), UINT32_MAX);
    const auto known = [&](size_t i) { return value[i] < 1e8f; };
    for (int z = 0; z + 1 < nz; ++z)
        for (int y = 0; y + 1 < ny; ++y)
            for (int x = 0; x + 1 < nx; ++x) {
                float v[8];
                bool all = true;
                int inside = 0;
                for (int c = 0; c < 8 && all; ++c) {
                    const size_t i = index(x + (c & 1), y + ((c >> 1) & 1), z + (c >> 2));
                    all = known(i);
                    v[c] = value[i];
                    inside += v[c] < 0;
                }
                if (!all || inside == 0 || inside == 8) continue;
                Vec3f sum{};
                int crossings = 0;
                const auto corner = [&](int c) {
                    return Vec3f{xs[static_cast<size_t>(x + (c & 1))],
                                 ys[static_cast<size_t>(y + ((c >> 1) & 1))],
                                 zs[static_cast<size_t>(z + (c >> 2))]};
                };
                for (int c = 0; c < 8; ++c)
                    for (int axis = 0; axis < 3; ++axis) {
                        const int other = c | (1 << axis);
                        if (other == c || (v[c] < 0) == (v[other] < 0)) continue;
                        const float t = v[c] / (v[c] - v[other]);
                        sum += base::lerp(corner(c), corner(other), t);
                        ++crossings;
                    }
                cell[index(x, y, z)] = static_cast<uint32_t>(out.p.size());
                out.p.push_back(sum / static_cast<float>(crossings));
            }
    const auto quad = [&](uint32_t a, uint32_t b, uint32_t c, uint32_t d, bool flip) {
        if (a == UINT32_MAX || b == UINT32_MAX || c == UINT32_MAX || d == UINT32_MAX) return;
        if (flip) std::swap(b, d);
        // The shorter diagonal bends less.
        if (base::length_squared(out.p[a] - out.p[c]) <=
            base::length_squared(out.p[b] - out.p[d])) {
            out.tri.push_back({a, b, c});
            out.tri.push_back({a, c, d});
        } else {
            out.tri.push_back({a, b, d});
            out.tri.push_back({b, c, d});
        }
    };
    for (int z = 1; z + 1 < nz; ++z)
        for (int y = 1; y + 1 < ny; ++y)
            for (int x = 1; x + 1 < nx; ++x) {
                const size_t i = index(x, y, z);
                if (!known(i)) continue;
                const bool in = value[i] < 0;
                if (known(index(x + 1, y, z)) && in != (value[index(x + 1, y, z)] < 0))
                    quad(cell[index(x, y - 1, z - 1)], cell[index(x, y, z - 1)],
                         cell[index(x, y, z)], cell[index(x, y - 1, z)], !in);
                if (known(index(x, y + 1, z)) && in != (value[index(x, y + 1, z)] < 0))
                    quad(cell[index(x - 1, y, z - 1)], cell[index(x - 1, y, z)],
                         cell[index(x, y, z)], cell[index(x, y, z - 1)], !in);
                if (known(index(x, y, z + 1)) && in != (value[index(x, y, z + 1)] < 0))
                    quad(cell[index(x - 1, y - 1, z)], cell[index(x, y - 1, z)],
                         cell[index(x, y, z)], cell[index(x - 1, y, z)], !in);
            }
    for (int round = 0; round < rounds; ++round) {
        std::vector<Vec3f> sum(out.p.size());
        std::vector<float> count(out.p.size());
        for (const auto& t : out.tri)
            for (int k = 0; k < 3; ++k) {
                sum[t[static_cast<size_t>(k)]] += out.p[t[static_cast<size_t>((k + 1) % 3)]] +
                                                  out.p[t[static_cast<size_t>((k + 2) % 3)]];
                count[t[static_cast<size_t>(k)]] += 2;
            }
        for (size_t i = 0; i < out.p.size(); ++i) {
            if (count[i] > 0) out.p[i] = base::lerp(out.p[i], sum[i] / count[i], 0.6f);
            out.p[i] = project(field, out.p[i], round + 1 == rounds ? 2 : 1);
        }
    }
    out.n.resize(out.p.size());
    for (size_t i = 0; i < out.p.size(); ++i)
        out.n[i] = base::normalize(field_gradient(field, out.p[i]));
    return out;
}

Surface clip(const Surface& surface, const Field& keep) {
    std::vector<float> values(surface.p.size());
    for (size_t i = 0; i < values.size(); ++i) values[i] = keep(surface.p[i]);
    return clip_values(surface, values);
}

Surface clip_values(const Surface& surface, const std::vector<float>& keep) {
    Surface out;
    std::vector<uint32_t> mapped(surface.p.size(), UINT32_MAX);
    std::unordered_map<uint64_t, uint32_t> cuts;
    const bool tinted = !surface.tint.empty();
    const auto push = [&](Vec3f p, Vec3f n, Vec3f tint) {
        out.p.push_back(p);
        out.n.push_back(n);
        if (tinted) out.tint.push_back(tint);
        return static_cast<uint32_t>(out.p.size() - 1);
    };
    const auto vertex = [&](uint32_t i) {
        if (mapped[i] == UINT32_MAX)
            mapped[i] = push(surface.p[i], surface.n[i], tinted ? surface.tint[i] : Vec3f{});
        return mapped[i];
    };
    const auto cut = [&](uint32_t a, uint32_t b) {
        const uint64_t key = (static_cast<uint64_t>(std::min(a, b)) << 32) | std::max(a, b);
        const auto found = cuts.find(key);
        if (found != cuts.end()) return found->second;
        const float t = keep[a] / (keep[a] - keep[b]);
        const uint32_t v = push(base::lerp(surface.p[a], surface.p[b], t),
                                base::normalize(base::lerp(surface.n[a], surface.n[b], t)),
                                tinted ? base::lerp(surface.tint[a], surface.tint[b], t) : Vec3f{});
        cuts.emplace(key, v);
        return v;
    };
    for (const auto& t : surface.tri) {
        std::vector<uint32_t> ring;
        for (size_t k = 0; k < 3; ++k) {
            const uint32_t a = t[k], b = t[(k + 1) % 3];
            if (keep[a] > 0) ring.push_back(vertex(a));
            if ((keep[a] > 0) != (keep[b] > 0)) ring.push_back(cut(a, b));
        }
        for (size_t k = 2; k < ring.size(); ++k) out.tri.push_back({ring[0], ring[k - 1], ring[k]});
    }
    return out;
}

Surface without_scraps(Surface surface, double share) {
    // The root of each vertex's piece, by union-find.
    std::vector<uint32_t> parent(surface.p.size());
    for (uint32_t i = 0; i < parent.size(); ++i) parent[i] = i;
    const auto root = [&](uint32_t i) {
        while (parent[i] != i) i = parent[i] = parent[parent[i]];
        return i;
    };
    for (const auto& t : surface.tri) {
        parent[root(t[1])] = root(t[0]);
        parent[root(t[2])] = root(t[0]);
    }
    std::vector<size_t> size(surface.p.size());
    for (const auto& t : surface.tri) ++size[root(t[0])];
    const double least = share * static_cast<double>(surface.tri.size());
    std::erase_if(surface.tri,
                  [&](const auto& t) { return static_cast<double>(size[root(t[0])]) < least; });
    return surface;
}

std::vector<int8_t> slit(Surface& surface, const Field& cut_field,
                         const std::function<bool(Vec3f)>& inside) {
    std::vector<float> value(surface.p.size());
    std::vector<bool> in(surface.p.size());
    for (size_t i = 0; i < value.size(); ++i) {
        value[i] = cut_field(surface.p[i]);
        if (std::abs(value[i]) < 1e-6f) value[i] = 1e-6f;
        in[i] = inside(surface.p[i]);
    }
    std::vector<int8_t> side(surface.p.size(), 0);
    std::unordered_map<uint64_t, std::array<uint32_t, 2>> cuts;
    const auto cut = [&](uint32_t a, uint32_t b) {
        const uint64_t key = (static_cast<uint64_t>(std::min(a, b)) << 32) | std::max(a, b);
        const auto found = cuts.find(key);
        if (found != cuts.end()) return found->second;
        const float t = value[a] / (value[a] - value[b]);
        std::array<uint32_t, 2> pair{};
        for (size_t s = 0; s < 2; ++s) {
            pair[s] = static_cast<uint32_t>(surface.p.size());
            surface.p.push_back(base::lerp(surface.p[a], surface.p[b], t));
            surface.n.push_back(base::normalize(base::lerp(surface.n[a], surface.n[b], t)));
            if (!surface.tint.empty())
                surface.tint.push_back(base::lerp(surface.tint[a], surface.tint[b], t));
            side.push_back(s == 0 ? 1 : -1);
        }
        cuts.emplace(key, pair);
        return pair;
    };
    std::vector<std::array<uint32_t, 3>> out;
    for (const auto& t : surface.tri) {
        const bool crossed =
            (value[t[0]] > 0) != (value[t[1]] > 0) || (value[t[0]] > 0) != (value[t[2]] > 0);
        if (!crossed || !(in[t[0]] && in[t[1]] && in[t[2]])) {
            out.push_back(t);
            continue;
        }
        for (size_t s = 0; s < 2; ++s) {
            std::vector<uint32_t> ring;
            for (size_t k = 0; k < 3; ++k) {
                const uint32_t a = t[k], b = t[(k + 1) % 3];
                if ((value[a] > 0) == (s == 0)) ring.push_back(a);
                if ((value[a] > 0) != (value[b] > 0)) ring.push_back(cut(a, b)[s]);
            }
            for (size_t k = 2; k < ring.size(); ++k) out.push_back({ring[0], ring[k - 1], ring[k]});
        }
    }
    surface.tri = std::move(out);
    return side;
}

std::vector<std::array<uint32_t, 2>> open_edges(const Surface& surface) {
    const auto key = [](uint32_t from, uint32_t to) {
        return (static_cast<uint64_t>(from) << 32) | to;
    };
    std::vector<uint64_t> seen;
    seen.reserve(3 * surface.tri.size());
    for (const auto& t : surface.tri)
        for (size_t k = 0; k < 3; ++k) seen.push_back(key(t[k], t[(k + 1) % 3]));
    std::sort(seen.begin(), seen.end());
    seen.erase(std::unique(seen.begin(), seen.end()), seen.end());
    std::vector<std::array<uint32_t, 2>> out;
    for (const uint64_t edge : seen) {
        const auto from = static_cast<uint32_t>(edge >> 32), to = static_cast<uint32_t>(edge);
        if (!std::binary_search(seen.begin(), seen.end(), key(to, from))) out.push_back({from, to});
    }
    return out;
}

void add_rim(Surface& surface, const std::function<bool(Vec3f)>& choose,
             const std::vector<std::function<RimStep(Vec3f, Vec3f, Vec3f)>>& steps) {
    std::unordered_map<uint32_t, std::vector<uint32_t>> column;
    const auto edges = open_edges(surface);
    const auto raise = [&](uint32_t i) -> const std::vector<uint32_t>& {
        auto [it, fresh] = column.try_emplace(i);
        if (fresh) {
            const Vec3f p = surface.p[i], n = surface.n[i];
            const Vec3f tint = surface.tint.empty() ? Vec3f{1, 1, 1} : surface.tint[i];
            for (const auto& step : steps) {
                const RimStep r = step(p, n, tint);
                it->second.push_back(static_cast<uint32_t>(surface.p.size()));
                surface.p.push_back(r.position);
                surface.n.push_back(r.normal);
                if (!surface.tint.empty()) surface.tint.push_back(r.tint);
            }
        }
        return it->second;
    };
    for (const auto& e : edges) {
        if (!choose(surface.p[e[0]]) || !choose(surface.p[e[1]])) continue;
        const std::vector<uint32_t> a = raise(e[0]), b = raise(e[1]);
        uint32_t pa = e[0], pb = e[1];
        for (size_t s = 0; s < steps.size(); ++s) {
            surface.tri.push_back({pb, pa, a[s]});
            surface.tri.push_back({pb, a[s], b[s]});
            pa = a[s];
            pb = b[s];
        }
    }
}

void recompute_normals(Surface& surface) {
    surface.n.assign(surface.p.size(), {});
    for (const auto& t : surface.tri) {
        const Vec3f area =
            base::cross(surface.p[t[1]] - surface.p[t[0]], surface.p[t[2]] - surface.p[t[0]]);
        for (const uint32_t i : t) surface.n[i] += area;
    }
    for (Vec3f& n : surface.n) n = base::normalize(n);
}

}  // namespace render
