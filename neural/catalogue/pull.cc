#include "neural/catalogue/pull.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <set>
#include <utility>

#include "base/json/json.h"
#include "base/net/download.h"
#include "base/net/http_client.h"
#include "neural/weights/open.h"
#include "neural/weights/part_file.h"

namespace neural {
namespace {

namespace fs = std::filesystem;

constexpr uint64_t kRoomToSpare = 64 << 20;

// One file that is to come.
struct Item {
    std::string part, path, origin;
    HubFile remote;
};

std::string tenths_of_gb(uint64_t bytes) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f GB", static_cast<double>(bytes) / 1e9);
    return text;
}

// What a file takes on the disk now; holes are no bytes.
uint64_t bytes_on_disk(const fs::path& path) {
    struct stat info;
    return ::stat(path.c_str(), &info) == 0 ? static_cast<uint64_t>(info.st_blocks) * 512 : 0;
}

bool reads_as_weights(const std::string& path) {
    return path.ends_with(".safetensors") || path.ends_with(".gguf") || path.ends_with(".pth") ||
           path.ends_with(".index.json");
}
bool is_shard(const std::string& path) {
    return path.ends_with(".safetensors") && path.find("-of-") != path.npos;
}

// The folder that a model is put together in.
class Site {
public:
    static base::Result<Site> open(const std::string& models, const std::string& id, bool again) {
        if (!is_model_id(id))
            return base::usage_error(
                "a model's name has letters, digits, dots, dashes and underscores", id);
        Site site;
        site.target_ = fs::path(models) / id;
        site.folder_ = fs::path(models) / (".pull-" + id);
        std::error_code error;
        if (!again && fs::exists(site.target_ / "aozora-model.json", error))
            return base::failed("is installed already; --force fetches it anew",
                                site.target_.string());
        fs::create_directories(site.folder_, error);
        if (error) return base::failed("cannot be made: " + error.message(), site.folder_.string());
        site.lock_ = ::open((site.folder_ / ".lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
        if (site.lock_ < 0 || ::flock(site.lock_, LOCK_EX | LOCK_NB) != 0)
            return base::failed("another process is fetching this model", site.folder_.string());
        return site;
    }
    Site(Site&& other) noexcept
        : target_(std::move(other.target_)),
          folder_(std::move(other.folder_)),
          lock_(std::exchange(other.lock_, -1)) {}
    Site& operator=(Site&&) = delete;
    ~Site() {
        if (lock_ >= 0) ::close(lock_);
    }

    fs::path place(const std::string& path) const { return folder_ / path; }

    base::Status room_for(uint64_t bytes) const {
        struct statvfs info;
        if (::statvfs(folder_.c_str(), &info) != 0) return {};
        const uint64_t free = static_cast<uint64_t>(info.f_bavail) * info.f_frsize;
        if (bytes + kRoomToSpare <= free) return {};
        return base::failed("the disk has " + tenths_of_gb(free) + " free, " + tenths_of_gb(bytes) +
                                " are still to come; make room, or set AOZORA_MODELS to a folder "
                                "on another disk",
                            folder_.string());
    }

    base::Result<InstalledModel> install(InstalledModel model) {
        for (const InstalledFile& file : model.files) {
            const std::string path = place(file.path).string();
            if (!reads_as_weights(path) || is_shard(path)) continue;
            TRY(open_weights(path));
        }
        model.folder = folder_.string();
        TRY(describe_model(model));
        std::error_code error;
        for (const auto& each : fs::recursive_directory_iterator(folder_, error))
            if (each.path().extension() == ".etag") fs::remove(each.path(), error);
        fs::remove(folder_ / ".lock", error);
        const fs::path old = fs::path(folder_).concat(".old");
        fs::remove_all(old, error);
        if (fs::exists(target_, error)) fs::rename(target_, old, error);
        fs::rename(folder_, target_, error);
        if (error)
            return base::failed("cannot be put in place: " + error.message(), target_.string());
        fs::remove_all(old, error);
        model.folder = target_.string();
        return model;
    }

private:
    Site() = default;
    fs::path target_, folder_;
    int lock_ = -1;
};

std::string note_of(const HubFile& file) {
    return (file.etag.empty() ? file.commit : file.etag) + " " + std::to_string(file.bytes);
}

// Whether the file came in an earlier call, whole and of the same version.
bool is_there(const fs::path& place, const HubFile& file) {
    std::error_code error;
    if (!fs::exists(place, error)) return false;
    std::ifstream note(place.string() + ".etag");
    const std::string text{std::istreambuf_iterator<char>(note), {}};
    return text == note_of(file) &&
           (file.bytes < 0 || fs::file_size(place, error) == static_cast<uint64_t>(file.bytes));
}

base::Status fetch(const Item& item, const Site& site, const PullOptions& options,
                   uint64_t done_before, uint64_t total) {
    const fs::path place = site.place(item.path);
    if (is_there(place, item.remote)) return {};
    std::error_code error;
    fs::create_directories(place.parent_path(), error);
    fs::remove(place.string() + ".etag", error);
    base::DownloadRequest request;
    request.url = item.remote.url;
    request.target = place.string();
    request.size_bytes = item.remote.bytes;
    request.sha256 = item.remote.sha256;
    request.version = note_of(item.remote);
    request.connections = options.connections;
    request.piece_bytes = options.piece_bytes;
    request.stall_timeout_s = options.stall_timeout_s;
    request.attempts = options.hub.attempts;
    request.first_wait_s = options.hub.first_wait_s;
    request.most_wait_s = options.hub.most_wait_s;
    request.cancel = options.hub.cancel;
    if (!options.hub.token.empty() && item.remote.url.starts_with(options.hub.endpoint + "/"))
        request.headers.push_back({"Authorization", "Bearer " + options.hub.token});
    if (options.on_progress) {
        request.on_progress = [&](const base::DownloadProgress& p) {
            options.on_progress(
                {item.path,
                 done_before + static_cast<uint64_t>(p.checking ? p.total_bytes : p.done_bytes),
                 total, p.checking});
        };
    }
    TRY(base::download(request));
    PartFile note = TRY(PartFile::create(place.string() + ".etag"));
    const std::string text = note_of(item.remote);
    TRY(note.append(text.data(), text.size()));
    return note.commit();
}

uint64_t size_of(const Item& item) {
    return item.remote.bytes > 0 ? static_cast<uint64_t>(item.remote.bytes) : 0;
}

// The names of the files that an index of shards speaks of.
base::Result<std::set<std::string>> shards_of(const fs::path& index) {
    std::error_code error;
    if (fs::file_size(index, error) > (64 << 20))
        return base::failed("is too long for an index", index.string());
    std::ifstream file(index, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const base::Json json = TRY(base::parse_json(text, index.string()));
    if (!json.is_object() || !json.contains("weight_map") || !json["weight_map"].is_object())
        return base::failed("is no index of shards", index.string());
    std::set<std::string> shards;
    for (const auto& [name, value] : json["weight_map"].items()) {
        const fs::path shard = value.is_string() ? value.get<std::string>() : std::string();
        if (shard.empty() || shard.has_parent_path() || shard == "..")
            return base::failed("names a file outside its folder for " + name, index.string());
        shards.insert(shard.string());
    }
    return shards;
}

base::Result<InstalledModel> fetch_all(Site& site, InstalledModel model,
                                       const std::vector<Item>& items, const PullOptions& options) {
    uint64_t total = 0, missing = 0, done = 0;
    for (const Item& item : items) {
        const uint64_t size = size_of(item);
        total += size;
        if (is_there(site.place(item.path), item.remote)) continue;
        const uint64_t here = bytes_on_disk(site.place(item.path).string() + ".part");
        missing += size > here ? size - here : 0;
    }
    TRY(site.room_for(missing));
    for (const Item& item : items) {
        TRY(fetch(item, site, options, done, total));
        done += size_of(item);
        std::error_code error;
        model.files.push_back({item.part, item.path, item.origin, item.remote.commit,
                               item.remote.sha256, fs::file_size(site.place(item.path), error)});
    }
    return site.install(std::move(model));
}

}  // namespace

base::Result<InstalledModel> pull_model(const CatalogueModel& model, const PullOptions& options) {
    Site site = TRY(Site::open(options.models, std::string(model.id), options.again));
    std::vector<Item> items;
    for (const CatalogueFile& file : model.files) {
        const std::string repository(file.repository), path(file.path);
        // Files of another repository keep to a folder of their own: names repeat.
        const std::string folder =
            file.repository == model.files.front().repository ? "" : std::string(file.part) + "/";
        const HubFile remote = TRY(hub_resolve(options.hub, repository, "main", path));
        const Item item{std::string(file.part), folder + path, repository, remote};
        items.push_back(item);
        if (!path.ends_with(".index.json")) continue;
        TRY(fetch(item, site, options, 0, size_of(item)));
        const std::string beside = path.substr(0, path.rfind('/') + 1);
        for (const std::string& shard : TRY(shards_of(site.place(item.path)))) {
            const HubFile part = TRY(hub_resolve(options.hub, repository, "main", beside + shard));
            items.push_back(
                {std::string(file.part) + ".shard", folder + beside + shard, repository, part});
        }
    }
    InstalledModel installed;
    installed.id = model.id;
    installed.title = model.title;
    installed.licence = model.licence->name;
    return fetch_all(site, std::move(installed), items, options);
}

base::Result<InstalledModel> pull_address(const std::string& url, const std::string& id,
                                          const PullOptions& options) {
    Site site = TRY(Site::open(options.models, id, options.again));
    const HubFile remote = TRY(resolve_address(options.hub, url));
    std::string name = base::url_without_secrets(url);
    name = name.substr(name.rfind('/') + 1);
    if (!is_model_id(name)) name = "weights";
    InstalledModel installed;
    installed.id = id;
    installed.title = name;
    return fetch_all(site, std::move(installed),
                     {{"all", name, base::url_without_secrets(url), remote}}, options);
}

base::Result<InstalledModel> pull_folder(const std::string& path, const std::string& id,
                                         const PullOptions& options) {
    constexpr int kDeepest = 2;
    std::vector<fs::path> files;
    std::error_code error;
    const fs::path root =
        fs::is_directory(path, error) ? fs::path(path) : fs::path(path).parent_path();
    if (root != fs::path(path)) {
        files.push_back(path);
    } else {
        for (fs::recursive_directory_iterator it(root, error), end; !error && it != end;
             it.increment(error)) {
            if (it->path().filename().string().starts_with('.')) {
                it.disable_recursion_pending();
                continue;
            }
            if (it.depth() >= kDeepest) it.disable_recursion_pending();
            if (it->is_regular_file(error)) files.push_back(it->path());
        }
    }
    std::ranges::sort(files);
    if (std::ranges::none_of(files,
                             [](const fs::path& f) { return reads_as_weights(f.string()); })) {
        return base::failed("holds no weights (.safetensors, .gguf, .pth)", path);
    }
    Site site = TRY(Site::open(options.models, id, options.again));
    uint64_t total = 0, done = 0;
    for (const fs::path& file : files) total += fs::file_size(file, error);
    TRY(site.room_for(total));
    InstalledModel installed;
    installed.id = id;
    installed.title = id;
    std::vector<char> buffer(4 << 20);
    for (const fs::path& file : files) {
        const std::string name = fs::relative(file, root.empty() ? "." : root, error).string();
        const fs::path place = site.place(name);
        fs::create_directories(place.parent_path(), error);
        std::ifstream from(file, std::ios::binary);
        if (!from) return base::failed("cannot be read", file.string());
        PartFile to = TRY(PartFile::create(place.string()));
        while (from.read(buffer.data(), static_cast<std::streamsize>(buffer.size())) ||
               from.gcount() > 0) {
            if (options.hub.cancel) TRY(options.hub.cancel->check());
            TRY(to.append(buffer.data(), static_cast<size_t>(from.gcount())));
            done += static_cast<uint64_t>(from.gcount());
            if (options.on_progress) options.on_progress({name, done, total, false});
        }
        if (from.bad()) return base::failed("cannot be read", file.string());
        const uint64_t bytes = to.size();
        TRY(to.commit());
        installed.files.push_back(
            {files.size() == 1 ? "all" : fs::path(name).replace_extension().string(), name,
             file.string(), "", "", bytes});
    }
    return site.install(std::move(installed));
}

}  // namespace neural
