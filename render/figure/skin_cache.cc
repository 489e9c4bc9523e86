#include "render/figure/skin_cache.h"

#include <future>
#include <list>
#include <mutex>
#include <sstream>

namespace render {
namespace {

using Skin = std::shared_ptr<const FigureSkin>;

constexpr size_t kMost = 12;  // about 20 MB each

// Everything that build_skin() reads.
std::string key_of(const world::FigureModel& figure) {
    const world::FigureLook& look = figure.look;
    std::ostringstream key;
    key.precision(9);
    for (const std::string* word :
         {&look.sex, &look.age, &look.role, &look.hair_style, &look.outfit, &look.material})
        key << *word << '\n';
    for (const base::Vec3f* c : {&look.skin, &look.hair, &look.top, &look.bottom, &look.shoes})
        key << c->x << ' ' << c->y << ' ' << c->z << '\n';
    key << look.seed << ' ' << figure.height_m << ' ' << figure.mass_kg << '\n' << figure.name;
    return key.str();
}

class SkinCache {
public:
    std::shared_future<Skin> get(const world::FigureModel& figure, bool in_background) {
        const std::lock_guard lock(mutex_);
        const std::string key = key_of(figure);
        for (auto it = skins_.begin(); it != skins_.end(); ++it) {
            if (it->key != key) continue;
            skins_.splice(skins_.begin(), skins_, it);
            return it->skin;
        }
        const auto build = [figure]() -> Skin { return build_skin(figure); };
        skins_.push_front(
            {key, std::async(in_background ? std::launch::async : std::launch::deferred, build)
                      .share()});
        if (skins_.size() > kMost) skins_.pop_back();
        return skins_.front().skin;
    }

private:
    struct Entry {
        std::string key;
        std::shared_future<Skin> skin;
    };
    std::mutex mutex_;
    std::list<Entry> skins_;  // last used first
};

SkinCache& cache() {
    static SkinCache the_cache;
    return the_cache;
}

}  // namespace

std::shared_ptr<const FigureSkin> skin_of(const world::FigureModel& figure) {
    return cache().get(figure, false).get();
}

void start_skin(const world::FigureModel& figure) { cache().get(figure, true); }

}  // namespace render
