// Drives Postman's MCP server through its collection, environment, monitor and workspace tools, one after another, as somebody would use them.
// The server is the one of POSTMAN_API_BASE_URL. It ends with 1 at the first answer that is not as it should be.
import assert from "node:assert/strict";
import { start } from "./drive.mjs";

const schema = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json";
const mcp = await start();
const tried = new Set();
const call = (name, args = {}) => {
  tried.add(name);
  return mcp.call(name, args);
};

try {
  // Who, and where.
  const { user } = await call("getAuthenticatedUser");
  assert.equal((await call("getTeamUsers")).data[0].id, user.id);
  assert.equal((await call("getTeamUser", { userId: user.id })).id, user.id);
  const workspace = (await call("createWorkspace", { workspace: { name: "Shop", type: "team", description: "All of it" } })).workspace.id;
  assert.match(JSON.stringify(await call("getWorkspaces")), /Shop/);
  assert.match(JSON.stringify(await call("getWorkspace", { workspaceId: workspace })), /Shop/);
  await call("updateWorkspace", { workspaceId: workspace, workspace: { name: "Shop 2", type: "team" } });
  await call("updateWorkspaceGlobalVariables", { workspaceId: workspace, values: [{ key: "host", value: "a", type: "default", enabled: true }] });
  assert.equal((await call("getWorkspaceGlobalVariables", { workspaceId: workspace })).values[0].key, "host");
  await call("updateWorkspaceTags", { workspaceId: workspace, tags: ["shop"] });
  assert.deepEqual((await call("getWorkspaceTags", { workspaceId: workspace })).tags, [{ slug: "shop" }]);

  // A collection, whole.
  const document = { info: { name: "API", schema }, item: [{ name: "Home", request: { method: "GET", url: "https://example.com" } }] };
  const collectionId = (await call("createCollection", { workspace, collection: document })).collection.uid;
  const owner = collectionId.split("-")[0];
  assert.match(JSON.stringify(await call("getCollections", { workspace })), /API/);
  assert.match(JSON.stringify(await call("getCollection", { collectionId })), /Home/);
  assert.match(JSON.stringify(await call("getCollection", { collectionId, model: "minimal" })), /Home/);
  const { collection } = await call("getCollection", { collectionId, model: "full" });
  assert.equal(collection.item[0].request.method, "GET");
  await call("putCollection", { collectionId, collection: { ...collection, info: { ...collection.info, name: "API 2" } } });
  assert.equal((await call("patchCollection", { collectionId, collection: { info: { name: "API 3" } } })).collection.name, "API 3");
  await call("updateCollectionTags", { collectionId, tags: ["shop", "api"] });
  assert.equal((await call("getCollectionTags", { collectionId })).tags.length, 2);
  assert.equal((await call("getTaggedEntities", { slug: "shop" })).meta.count, 2);

  // What is in it.
  const folderId = (await call("createCollectionFolder", { collectionId, name: "Orders" })).model_id;
  const request = { name: "Order", method: "POST", url: "https://example.com/orders", dataMode: "raw", rawModeData: "{}" };
  const requestId = (await call("createCollectionRequest", { collectionId, folder: folderId, folderId, ...request })).model_id;
  const response = { name: "Made", responseCode: { code: 201, name: "Created" }, text: "{}" };
  const responseId = (await call("createCollectionResponse", { collectionId, request: requestId, ...response })).model_id;
  assert.equal((await call("getCollectionRequest", { collectionId, requestId })).data.rawModeData, "{}");
  assert.equal((await call("getCollectionResponse", { collectionId, responseId })).data.responseCode.code, 201);
  await call("updateCollectionFolder", { collectionId, folderId, name: "All orders" });
  await call("updateCollectionRequest", { collectionId, requestId, name: "Order something" });
  await call("updateCollectionResponse", { collectionId, responseId, name: "It is made" });
  assert.equal((await call("getCollectionFolder", { collectionId, folderId, populate: true })).data.name, "All orders");
  const into = (id, model) => ({ mode: "copy", target: { id, model }, location: { position: "end" } });
  await call("transferCollectionRequests", { ids: [`${owner}-${requestId}`], ...into(collectionId, "collection") });
  await call("transferCollectionFolders", { ids: [`${owner}-${folderId}`], ...into(collectionId, "collection") });
  await call("transferCollectionResponses", { ids: [`${owner}-${responseId}`], ...into(`${owner}-${requestId}`, "request") });
  const { task } = await call("duplicateCollection", { collectionId, workspace, suffix: " copy" });
  assert.equal((await call("getDuplicateCollectionTaskStatus", { taskId: task.id })).task.status, "completed");

  // A fork, and what is done on both sides.
  const fork = (await call("createCollectionFork", { collectionId, workspace, label: "Mine" })).collection;
  assert.equal((await call("getCollectionForks", { collectionId })).data[0].forkId, fork.uid);
  assert.equal((await call("getCollectionsForkedByUser")).data[0].sourceId, collectionId);
  await call("patchCollection", { collectionId, collection: { info: { description: "Of the shop" } } });
  const ahead = async () => (await call("getSourceCollectionStatus", { collectionId: fork.uid })).collection[fork.uid].isSourceAhead;
  assert.equal(await ahead(), true);
  assert.equal((await call("pullCollectionChanges", { collectionId: fork.uid })).collection.sourceId, collectionId);
  assert.equal(await ahead(), false);
  await call("patchCollection", { collectionId: fork.uid, collection: { info: { name: "API 4" } } });
  await call("mergeCollectionFork", { source: fork.uid, destination: collectionId, strategy: "deleteSource" });
  assert.equal((await call("getCollection", { collectionId, model: "full" })).collection.info.name, "API 4");
  assert.equal((await call("getCollectionUpdatesTasks", { taskId: collectionId })).status, "successful");

  // Who may do what.
  assert.equal((await call("getAllWorkspaceRoles")).roles.user.length, 3);
  await call("updateWorkspaceRoles", { workspaceId: workspace, roles: [{ op: "add", path: "/user", value: [{ id: String(user.id), role: "3" }] }] });
  const roles = (await call("getWorkspaceRoles", { workspaceId: workspace })).roles;
  assert.deepEqual(roles.find((role) => role.displayName === "Admin").user, [String(user.id)]);
  assert.equal((await call("getAuditLogs", { limit: 300, userId: user.id })).trails[0].action, "workspace.members_changed");

  // What people say of it.
  const things = { Collection: { collectionId }, Folder: { collectionId, folderId }, Request: { collectionId, requestId }, Response: { collectionId, responseId } };
  for (const [thing, named] of Object.entries(things)) {
    const { data } = await call(`create${thing}Comment`, { ...named, body: "Nice" });
    await call(`update${thing}Comment`, { ...named, commentId: data.id, body: "Very nice" });
    await call("resolveCommentThread", { threadId: data.threadId });
    const listed = (await call(`get${thing}Comments`, named)).data;
    assert.deepEqual([listed[0].body, listed[0].status], ["Very nice", "Resolved"]);
    await call(`delete${thing}Comment`, { ...named, commentId: data.id });
  }

  // Environments and monitors.
  const values = [{ key: "host", value: "a", type: "default", enabled: true }];
  const environmentId = (await call("createEnvironment", { workspace, environment: { name: "Test", values } })).environment.uid;
  assert.match(JSON.stringify(await call("getEnvironments", { workspace })), /Test/);
  await call("putEnvironment", { environmentId, environment: { name: "Test 2", values } });
  await call("patchEnvironment", { environmentId, body: [{ op: "replace", path: "/name", value: "Test 3" }] });
  assert.match(JSON.stringify(await call("getEnvironment", { environmentId })), /Test 3/);
  const schedule = { cron: "0 * * * *", timezone: "UTC" };
  const monitor = { name: "Hourly", collection: collectionId, environment: environmentId, schedule };
  const monitorId = (await call("createMonitor", { workspace, monitor })).monitor.id;
  assert.match(JSON.stringify(await call("getMonitors")), /Hourly/);
  await call("updateMonitor", { monitorId, monitor: { name: "Each hour" } });
  assert.match(JSON.stringify(await call("getMonitor", { monitorId })), /Each hour/);
  await call("runMonitor", { monitorId, async: true });
  const { data: executions } = await call("listMonitorExecutions", { monitorId });
  const { data: runs } = await call("listRunsForExecution", { monitorId, executionId: executions[0].id });
  assert.equal((await call("getMonitorRunResults", { monitorId, runId: runs[0].id })).run.info.jobId, runs[0].id);
  const elsewhere = (await call("createWorkspace", { workspace: { name: "Elsewhere", type: "team" } })).workspace.id;
  await call("transferWorkspaceElement", { workspaceId: workspace, id: environmentId, type: "environment", to: elsewhere });
  assert.match(JSON.stringify(await call("getWorkspaceActivityFeed", { workspaceId: workspace, limit: 5 })), /monitor/i);

  // And all gone.
  await call("deleteMonitor", { monitorId });
  await call("deleteEnvironment", { environmentId });
  await call("deleteCollectionResponse", { collectionId, responseId });
  await call("deleteCollectionRequest", { collectionId, requestId });
  await call("deleteCollectionFolder", { collectionId, folderId });
  await call("deleteCollection", { collectionId });
  await call("deleteWorkspace", { workspaceId: workspace });
  // What Postern doesn't have is not found, and no failure of its own.
  await assert.rejects(call("getMocks"), /404/);
  console.log(`${tried.size} tools`);
} finally {
  mcp.stop();
}
