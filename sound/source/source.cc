#include "sound/source/source.h"

#include <algorithm>

namespace sound {

base::Vec3 position_at(const PlacedSource& source, int64_t sample) {
    const auto& path = source.path;
    if (path.empty()) return source.position;
    if (sample <= path.front().first) return path.front().second;
    if (sample >= path.back().first) return path.back().second;
    const auto next =
        std::upper_bound(path.begin(), path.end(), sample,
                         [](int64_t t, const auto& point) { return t < point.first; });
    const auto& [t0, a] = *(next - 1);
    const auto& [t1, b] = *next;
    return base::lerp(a, b, static_cast<double>(sample - t0) / static_cast<double>(t1 - t0));
}

}  // namespace sound
