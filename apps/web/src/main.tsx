import { render } from 'preact';
import { App } from './app';
import './style/tokens.css';
import './style/base.css';
import './style/page.css';
import './style/composer.css';
import './style/film.css';
import './style/gallery.css';

const root = document.getElementById('app');
if (root) render(<App />, root);
