// Noise on a torus, for textures that tile: every function has period 1 in u and v.
#pragma once

#include <cmath>
#include <cstdint>

#include "base/core/random.h"

namespace render {

// Gradient noise of Perlin ("Improving Noise", SIGGRAPH 2002) on an integer lattice that wraps
// after `cells_u` x `cells_v`; about [-1, 1].
class TilingNoise {
public:
    explicit TilingNoise(uint64_t seed) : seed_(static_cast<uint32_t>(base::hash_u64(seed))) {}

    float at(float u, float v, int cells_u, int cells_v) const {
        const float x = u * static_cast<float>(cells_u), y = v * static_cast<float>(cells_v);
        const float fx = std::floor(x), fy = std::floor(y);
        const int ix = static_cast<int>(fx), iy = static_cast<int>(fy);
        const float a = x - fx, b = y - fy;
        const float s = a * a * a * (a * (a * 6 - 15) + 10),
                    t = b * b * b * (b * (b * 6 - 15) + 10);
        const int x0 = wrap(ix, cells_u), x1 = wrap(ix + 1, cells_u);
        const int y0 = wrap(iy, cells_v), y1 = wrap(iy + 1, cells_v);
        const float low = mix(slope(x0, y0, a, b), slope(x1, y0, a - 1, b), s);
        const float high = mix(slope(x0, y1, a, b - 1), slope(x1, y1, a - 1, b - 1), s);
        return 1.5f * mix(low, high, t);
    }

    // Octaves of it, each half as strong and twice as fine.
    float fbm(float u, float v, int cells_u, int cells_v, int octaves) const {
        float sum = 0, gain = 0.5f;
        for (int i = 0; i < octaves; ++i) {
            sum += gain * at(u, v, cells_u << i, cells_v << i);
            gain *= 0.5f;
        }
        return sum;
    }

    // Worley cells: distances to the nearest and second nearest point, in cells, and the nearest's
    // own random number in [0, 1).
    struct Cell {
        float nearest, second, id;
    };
    Cell cells(float u, float v, int cells_u, int cells_v) const {
        const float x = u * static_cast<float>(cells_u), y = v * static_cast<float>(cells_v);
        const int ix = static_cast<int>(std::floor(x)), iy = static_cast<int>(std::floor(y));
        Cell cell{9, 9, 0};
        for (int dy = -1; dy <= 1; ++dy) {
            for (int dx = -1; dx <= 1; ++dx) {
                const uint32_t h = hash(wrap(ix + dx, cells_u), wrap(iy + dy, cells_v));
                const float px =
                    static_cast<float>(ix + dx) + static_cast<float>(h & 0xffffu) / 65536.f;
                const float py =
                    static_cast<float>(iy + dy) + static_cast<float>(h >> 16) / 65536.f;
                const float d = (px - x) * (px - x) + (py - y) * (py - y);
                if (d < cell.nearest) {
                    cell.second = cell.nearest;
                    cell.nearest = d;
                    cell.id = static_cast<float>((h * 2654435761u) >> 8) * 0x1p-24f;
                } else if (d < cell.second) {
                    cell.second = d;
                }
            }
        }
        cell.nearest = std::sqrt(cell.nearest);
        cell.second = std::sqrt(cell.second);
        return cell;
    }

    // [0, 1), constant per lattice cell.
    float cell_random(int x, int y, int salt = 0) const {
        return static_cast<float>(hash(x + salt * 7919, y - salt * 104729) >> 8) * 0x1p-24f;
    }

private:
    static int wrap(int i, int period) {
        const int r = i % period;
        return r < 0 ? r + period : r;
    }
    static float mix(float a, float b, float t) { return a + (b - a) * t; }
    uint32_t hash(int x, int y) const {
        // PCG-style mixing (Jarzynski and Olano, "Hash Functions for GPU Rendering", JCGT 2020).
        uint32_t h = static_cast<uint32_t>(x) * 1664525u + seed_;
        h ^= (static_cast<uint32_t>(y) * 1013904223u) + (h >> 15);
        h *= 747796405u;
        h = ((h >> ((h >> 28u) + 4u)) ^ h) * 277803737u;
        return (h >> 22u) ^ h;
    }
    float slope(int x, int y, float dx, float dy) const {
        const uint32_t h = hash(x, y);
        // Eight directions are enough after a few octaves.
        const float kx[8] = {1, -1, 0, 0, 0.7071f, -0.7071f, 0.7071f, -0.7071f};
        const float ky[8] = {0, 0, 1, -1, 0.7071f, 0.7071f, -0.7071f, -0.7071f};
        return kx[h & 7u] * dx + ky[h & 7u] * dy;
    }
    uint32_t seed_;
};

}  // namespace render
