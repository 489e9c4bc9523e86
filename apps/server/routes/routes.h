// Every address of the server, one file a subject. Handlers may block; they run on the pool.
#pragma once

#include "apps/server/core/app.h"
#include "apps/server/http/router.h"

namespace server {

void add_video_routes(http::Router& router, App& app);    // create, list, retrieve, delete, cancel
void add_derive_routes(http::Router& router, App& app);   // remix, edits, extensions, loop ...
void add_content_routes(http::Router& router, App& app);  // content, events, record, media
void add_character_routes(http::Router& router, App& app);
void add_file_routes(http::Router& router, App& app);
void add_batch_routes(http::Router& router, App& app);
void add_model_routes(http::Router& router, App& app);
void add_webhook_routes(http::Router& router, App& app);
void add_admin_routes(http::Router& router, App& app);    // projects and keys
void add_session_routes(http::Router& router, App& app);  // login of the browser
void add_worker_routes(http::Router& router, App& app);   // /internal/v1
void add_system_routes(http::Router& router, App& app);   // health, metrics, OpenAPI, playground

http::Router all_routes(App& app);

}  // namespace server
