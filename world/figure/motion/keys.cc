#include <algorithm>

#include "world/figure/motion/clip.h"

namespace world {

Controls sample_keys(const std::vector<Key>& keys, double t_s) {
    if (t_s <= keys.front().t_s) return keys.front().c;
    if (t_s >= keys.back().t_s) return keys.back().c;
    const auto after = std::upper_bound(keys.begin(), keys.end(), t_s,
                                        [](double t, const Key& key) { return t < key.t_s; });
    const size_t i = static_cast<size_t>(after - keys.begin()) - 1;
    const size_t last = keys.size() - 1;
    const ControlArray a = to_array(keys[i].c), b = to_array(keys[i + 1].c);
    const ControlArray before = to_array(keys[i > 0 ? i - 1 : 0].c);
    const ControlArray beyond = to_array(keys[std::min(i + 2, last)].c);
    const double h = keys[i + 1].t_s - keys[i].t_s;
    const double h0 = i > 0 ? keys[i].t_s - keys[i - 1].t_s : h;
    const double h1 = i + 2 <= last ? keys[i + 2].t_s - keys[i + 1].t_s : h;
    const double u = (t_s - keys[i].t_s) / h;
    const double u2 = u * u, u3 = u2 * u;
    // Harmonic mean of the neighbouring slopes, zero at extremes and ends (PCHIP).
    const auto tangent = [](double d0, double h0_s, double d1, double h1_s) {
        if (d0 * d1 <= 0) return 0.0;
        const double w0 = 2 * h1_s + h0_s, w1 = h1_s + 2 * h0_s;
        return (w0 + w1) / (w0 / d0 + w1 / d1);
    };
    ControlArray out;
    for (size_t k = 0; k < kControlCount; ++k) {
        const double d = (b[k] - a[k]) / h;
        const double m0 = i > 0 ? tangent((a[k] - before[k]) / h0, h0, d, h) : 0;
        const double m1 = i + 2 <= last ? tangent(d, h, (beyond[k] - b[k]) / h1, h1) : 0;
        out[k] = (2 * u3 - 3 * u2 + 1) * a[k] + (u3 - 2 * u2 + u) * h * m0 +
                 (3 * u2 - 2 * u3) * b[k] + (u3 - u2) * h * m1;
    }
    return to_controls(out);
}

}  // namespace world
