/* Browsers start no worker for a page that is opened as a file. There, a hidden frame stands in for it: the worker's script
   runs in the frame's window, and messages go from window to window. The site's theme looks for the name IFrameWorker, from
   the page and from the frame. */
"use strict";
(() => {
  const BARE = "<!doctype html><title>worker</title><body>";

  function load(page, address) {
    return new Promise((resolve, reject) => {
      const script = page.createElement("script");
      script.onload = resolve;
      script.onerror = () => reject(new Error(`${address} can't be read`));
      script.src = address;
      page.body.append(script);
    });
  }

  class FrameWorker extends EventTarget {
    #frame = document.createElement("iframe");
    #ready;

    constructor(address) {
      super();
      const script = String(new URL(address, document.baseURI));
      this.#frame.hidden = true;
      this.#frame.srcdoc = BARE;
      this.#ready = new Promise((resolve) => this.#frame.addEventListener("load", resolve, { once: true })).then(() => {
        const inside = this.#frame.contentWindow;
        inside.postMessage = (data) => queueMicrotask(() => this.#tell(new MessageEvent("message", { data })));
        inside.importScripts = async (...addresses) => {
          for (const each of addresses) await load(inside.document, each);
        };
        return load(inside.document, script);
      });
      this.#ready.catch((error) => this.#tell(new ErrorEvent("error", { error, message: error.message })));
      document.body.append(this.#frame);
    }

    #tell(event) {
      this.dispatchEvent(event);
      this[`on${event.type}`]?.(event);
    }

    postMessage(message) {
      const data = structuredClone(message);
      this.#ready.then(
        () => this.#frame.contentWindow?.dispatchEvent(new MessageEvent("message", { data })),
        () => undefined, // the script couldn't be read, which the event "error" has said
      );
    }

    terminate() {
      this.#frame.remove();
    }
  }

  window.IFrameWorker = FrameWorker;
  if (location.protocol === "file:") window.Worker = FrameWorker;
})();
