#include "studio/director/staging/built.h"

#include <list>
#include <mutex>
#include <sstream>

namespace studio {
namespace {

// The last `most` things that were built, by everything that their builder reads.
template <typename T>
class Kept {
public:
    explicit Kept(size_t most) : most_(most) {}

    template <typename Build>
    std::shared_ptr<const T> get(const std::string& key, const Build& build) {
        const std::lock_guard lock(mutex_);
        for (auto it = things_.begin(); it != things_.end(); ++it) {
            if (it->first != key) continue;
            things_.splice(things_.begin(), things_, it);
            return things_.front().second;
        }
        things_.emplace_front(key, build());
        if (things_.size() > most_) things_.pop_back();
        return things_.front().second;
    }

private:
    const size_t most_;
    std::mutex mutex_;
    std::list<std::pair<std::string, std::shared_ptr<const T>>> things_;  // last used first
};

}  // namespace

std::shared_ptr<const world::SetModel> built_set(const std::string& name,
                                                 const world::SetOptions& options) {
    static Kept<world::SetModel> kept(4);
    std::ostringstream key;
    for (const std::string* word :
         {&name, &options.floor, &options.wall, &options.time, &options.weather})
        key << *word << '\n';
    key << options.seed;
    return kept.get(key.str(), [&]() -> std::shared_ptr<const world::SetModel> {
        auto set = world::build_set(name, options);
        return set ? std::make_shared<const world::SetModel>(std::move(*set)) : nullptr;
    });
}

world::ShapePtr built_shape(const world::ShapeRequest& request) {
    static Kept<world::Shape> kept(48);
    std::ostringstream key;
    key.precision(17);
    key << request.kind << '\n' << request.material << '\n' << request.seed << '\n';
    if (request.size_m) key << *request.size_m;
    return kept.get(key.str(), [&] { return world::build_shape(request); });
}

}  // namespace studio
