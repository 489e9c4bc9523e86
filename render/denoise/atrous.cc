#include "render/denoise/atrous.h"

#include <cmath>

#include "base/cpu/kernel.h"

namespace render {
namespace {

struct Rows {  // one row of all inputs
    const float *r, *g, *b, *variance, *nx, *ny, *nz, *depth, *slope, *reach;
};

Rows rows_at(const FilteredLight& light, const FilterGuides& guides, int y) {
    return {light.r.row(y),         light.g.row(y),         light.b.row(y),
            light.variance.row(y),  guides.normal_x.row(y), guides.normal_y.row(y),
            guides.normal_z.row(y), guides.depth.row(y),    guides.slope.row(y),
            guides.reach.row(y)};
}

constexpr int kChunk = 64;  // pixels worked on together; their sums stay in cache

struct Sums {
    float r[kChunk], g[kChunk], b[kChunk], variance[kChunk], weight[kChunk];
};

AOZORA_INLINE float luminance_of(float r, float g, float b) {
    return 0.2126f * r + 0.7152f * g + 0.0722f * b;
}

// Adds one tap: row `q` shifted by `dx`, kernel weight `k`, `distance` = pixels between the two.
AOZORA_INLINE void atrous_tap_body(Sums& sums, const Rows& p, const Rows& q, int x0, int count,
                                   int dx, float k, float distance, float strictness) {
    float* __restrict sum_r = sums.r;
    float* __restrict sum_g = sums.g;
    float* __restrict sum_b = sums.b;
    float* __restrict sum_variance = sums.variance;
    float* __restrict sum_weight = sums.weight;
    const float *pr = p.r + x0, *pg = p.g + x0, *pb = p.b + x0, *pv = p.variance + x0;
    const float *pnx = p.nx + x0, *pny = p.ny + x0, *pnz = p.nz + x0;
    const float *pd = p.depth + x0, *ps = p.slope + x0, *reach = p.reach + x0;
    const int t0 = x0 + dx;
    const float *qr = q.r + t0, *qg = q.g + t0, *qb = q.b + t0, *qv = q.variance + t0;
    const float *qnx = q.nx + t0, *qny = q.ny + t0, *qnz = q.nz + t0, *qd = q.depth + t0;
    const float strict2 = strictness * strictness;
#pragma GCC ivdep
    for (int i = 0; i < count; ++i) {
        const float dz = qd[i] - pd[i];
        const float slope = ps[i] * distance + 1e-4f;
        float n = pnx[i] * qnx[i] + pny[i] * qny[i] + pnz[i] * qnz[i];
        n = n > 0 ? n : 0;
        n *= n;  // to the 32nd
        n *= n;
        n *= n;
        n *= n;
        n *= n;
        const float dl = luminance_of(qr[i] - pr[i], qg[i] - pg[i], qb[i] - pb[i]);
        // 1 / ((1 + dz^2 / slope^2) (1 + dl^2 / spread)), by one division.
        const float slope2 = slope * slope, spread = (pv[i] + 1e-12f) * strict2;
        const float near = slope2 * spread / ((slope2 + dz * dz) * (spread + dl * dl));
        const float w = k * reach[i] * n * near * near;
        sum_r[i] += w * qr[i];
        sum_g[i] += w * qg[i];
        sum_b[i] += w * qb[i];
        sum_variance[i] += w * w * qv[i];
        sum_weight[i] += w;
    }
}

AOZORA_KERNEL(atrous_tap,
              (Sums & sums, const Rows& p, const Rows& q, int x0, int count, int dx, float k,
               float distance, float strictness),
              (sums, p, q, x0, count, dx, k, distance, strictness))

}  // namespace

void atrous_level(FilteredLight& out, const FilteredLight& in, const FilterGuides& guides, int x0,
                  int x1, int y0, int y1, int step, float strictness) {
    constexpr float kKernel[3] = {1.f, 2 / 3.f, 4 / 9.f};  // B3-like, by |dx| + |dy|
    const int height = in.r.height;
    Sums sums;
    for (int y = y0; y < y1; ++y) {
        const Rows p = rows_at(in, guides, y);
        for (int x = x0; x < x1; x += kChunk) {
            const int count = std::min(kChunk, x1 - x);
            for (int i = 0; i < count; ++i) {
                sums.r[i] = p.r[x + i];
                sums.g[i] = p.g[x + i];
                sums.b[i] = p.b[x + i];
                sums.variance[i] = p.variance[x + i];
                sums.weight[i] = 1;
            }
            for (int dy = -1; dy <= 1; ++dy) {
                const int row = y + dy * step;
                if (row < 0 || row >= height) continue;
                const Rows q = rows_at(in, guides, row);
                for (int dx = -1; dx <= 1; ++dx) {
                    if (dx == 0 && dy == 0) continue;
                    const int corner = std::abs(dx) + std::abs(dy);
                    atrous_tap(sums, p, q, x, count, dx * step, kKernel[corner],
                               static_cast<float>(step) * (corner == 2 ? 1.4142f : 1.f),
                               strictness);
                }
            }
            for (int i = 0; i < count; ++i) {
                const float scale = 1 / sums.weight[i];
                out.r.row(y)[x + i] = sums.r[i] * scale;
                out.g.row(y)[x + i] = sums.g[i] * scale;
                out.b.row(y)[x + i] = sums.b[i] * scale;
                out.variance.row(y)[x + i] = sums.variance[i] * scale * scale;
            }
        }
    }
}

}  // namespace render
