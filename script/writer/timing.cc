#include "script/writer/timing.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace script {

std::vector<double> shot_lengths(const std::vector<std::optional<double>>& shots,
                                 std::optional<double> film_text, std::optional<double> film_asked,
                                 double fps) {
    const size_t count = shots.size();
    const double usual = count == 1 ? kUsualSeconds : kUsualShotSeconds;
    std::vector<double> wanted;
    double sum = 0;
    for (const auto& seconds : shots) {
        wanted.push_back(seconds.value_or(usual));
        sum += wanted.back();
    }
    const std::optional<double> whole = film_asked ? film_asked : film_text;
    if (count == 1) return {whole.value_or(wanted[0])};
    const double total = whole.value_or(sum);
    const auto frames = std::max<int64_t>(static_cast<int64_t>(std::llround(total * fps)),
                                          static_cast<int64_t>(count));
    // Cut at the frames nearest to the shares, so that no rounding adds up.
    std::vector<double> lengths;
    double share = 0;
    int64_t before = 0;
    for (size_t i = 0; i < count; ++i) {
        share += wanted[i] / sum;
        int64_t cut = i + 1 == count ? frames : std::llround(share * static_cast<double>(frames));
        const auto rest = static_cast<int64_t>(count - 1 - i);
        cut = std::clamp(cut, before + 1, frames - rest);
        lengths.push_back(static_cast<double>(cut - before) / fps);
        before = cut;
    }
    return lengths;
}

int most_shots(std::optional<double> film_asked, double fps, int wanted) {
    if (!film_asked) return wanted;
    const auto frames = static_cast<int64_t>(std::llround(*film_asked * fps));
    return static_cast<int>(std::clamp<int64_t>(frames, 1, wanted));
}

}  // namespace script
